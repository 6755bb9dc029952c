/** What the service worker calls the caches that hold pictures. */
export const cachePrefix = 'pictures-'

/** And those that hold what the API answered, each with the moment it was kept, in milliseconds. */
export const answersPrefix = 'answers-'
export const keptAtHeader = 'x-kept-at'

const isKept = (name: string) => name.startsWith(cachePrefix) || name.startsWith(answersPrefix)

/** Deletes the pictures and answers that were kept: on a shared computer the next person must not find them. */
export async function forgetPictures(): Promise<void> {
  // Only over TLS is there such a place.
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter(isKept).map((name) => caches.delete(name)))
}
