/** What the service worker calls the caches that hold pictures. */
export const cachePrefix = 'pictures-'

/** Deletes the pictures that were kept: on a shared computer the next person must not find them. */
export async function forgetPictures(): Promise<void> {
  // Only over TLS is there such a place.
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(cachePrefix)).map((name) => caches.delete(name)))
}
