/** Deletes the pictures that were kept: on a shared computer the next person must not find them. The site keeps nothing else. */
export async function forgetPictures(): Promise<void> {
  // Only over TLS is there such a place.
  if (!('caches' in globalThis)) return
  for (const name of await caches.keys()) await caches.delete(name)
}
