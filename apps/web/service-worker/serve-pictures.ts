// Keeps pictures by their path, so that neither a new signature nor a reload costs their bytes again.
// src/pictures/forget-pictures.ts empties it when a session ends or a group is out of reach. A kept picture shows nobody
// more than the API lists: without an item nobody asks for its address.
import { cachePrefix } from '../src/pictures/forget-pictures.ts'

/** Raised when what is kept changes its meaning; what other versions kept is deleted. */
const cacheName = `${cachePrefix}1`

const picturePath = /\/v\/[^/]+\/[^/]+\/(thumb|tile|preview)\.webp$/

/** About 200 MB at the sizes that pictures usually have. */
const entriesMax: Readonly<Record<string, number>> = { thumb: 1000, tile: 600, preview: 400 }

/** Listing all that is kept takes a while. */
const keptBetweenTrims = 50
let keptSinceTrim = keptBetweenTrims

export function servePictures(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('activate', (event) => event.waitUntil(dropOtherVersions()))
  worker.addEventListener('fetch', (event) => {
    const { request } = event
    const key = keyOf(request.url)
    if (key === null || request.method !== 'GET' || request.headers.has('range')) return
    event.respondWith(answer(event, key))
  })
  // Addresses of what the page showed before there was a worker: their bytes are in the browser's own cache.
  worker.addEventListener('message', (event) => {
    if (Array.isArray(event.data)) event.waitUntil(Promise.all(event.data.map(keepShown)))
  })
}

async function dropOtherVersions(): Promise<void> {
  const names = await caches.keys()
  const others = names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName)
  await Promise.all(others.map((name) => caches.delete(name)))
}

/** The address without its signature, or null for what is no picture. */
function keyOf(url: string): string | null {
  const { origin, pathname } = new URL(url)
  return picturePath.test(pathname) ? origin + pathname : null
}

async function answer(event: FetchEvent, key: string): Promise<Response> {
  // Opened before the picture is asked for: what arrives after all was forgotten goes with the cache that was.
  const cache = await caches.open(cacheName)
  const kept = await cache.match(key)
  if (kept !== undefined) return kept
  // With CORS, since an opaque answer tells neither its status nor its size.
  const response = await fetch(new Request(event.request, { mode: 'cors', credentials: 'omit' }))
  if (response.status === 200) event.waitUntil(keep(cache, key, response.clone()))
  return response
}

async function keepShown(url: unknown): Promise<void> {
  const key = typeof url === 'string' ? keyOf(url) : null
  if (typeof url !== 'string' || key === null) return
  const cache = await caches.open(cacheName)
  if ((await cache.match(key)) !== undefined) return
  const response = await fetch(url, { mode: 'cors', credentials: 'omit', cache: 'force-cache' })
  if (response.status === 200) await keep(cache, key, response)
}

async function keep(cache: Cache, key: string, response: Response): Promise<void> {
  await cache.put(key, response)
  keptSinceTrim += 1
  if (keptSinceTrim < keptBetweenTrims) return
  keptSinceTrim = 0
  await trim(cache)
}

/** The oldest of each size go. */
async function trim(cache: Cache): Promise<void> {
  const counts: Record<string, number> = {}
  for (const { url } of [...(await cache.keys())].reverse()) {
    const size = picturePath.exec(url)?.[1] ?? ''
    const count = (counts[size] ?? 0) + 1
    counts[size] = count
    if (count > (entriesMax[size] ?? 0)) await cache.delete(url)
  }
}
