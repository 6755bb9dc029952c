// Keeps what the API last answered to the screens that show photos, so that the feed and the groups that were seen open
// without a network, as they were then. The network always goes first; what is kept says since when, and goes with the
// pictures when a session ends or a group is out of reach.
import { answersPrefix, keptAtHeader } from '../src/pictures/forget-pictures.ts'

const cacheName = `${answersPrefix}1`

/** Reads of which the same question has the same answer for a while. Never what somebody is told only once. */
const kept =
  /^\/api\/trpc\/(account\.me|feed\.(page|item|likedAmong)|groups\.(mine|find|members)|gallery\.(timeline|page|item))$/

/** A page of a gallery is about 60 kB. */
const entriesMax = 150

export function serveAnswers(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('fetch', (event) => {
    const { origin, pathname } = new URL(event.request.url)
    if (event.request.method === 'GET' && origin === worker.location.origin && kept.test(pathname))
      event.respondWith(answer(event))
  })
  // What the page asked before there was a worker is asked once more: else a first visit would leave nothing.
  worker.addEventListener('message', (event) => {
    if (Array.isArray(event.data)) event.waitUntil(Promise.all(event.data.map(askAgain)))
  })
}

async function askAgain(url: unknown): Promise<void> {
  if (typeof url !== 'string' || !kept.test(new URL(url).pathname)) return
  const cache = await caches.open(cacheName)
  const fresh = await fetch(url)
  if (fresh.ok) await keep(cache, url, fresh)
}

async function answer(event: FetchEvent): Promise<Response> {
  const { request } = event
  // Opened before the question is asked: what arrives after all was forgotten goes with the cache that was.
  const cache = await caches.open(cacheName)
  try {
    const fresh = await fetch(request)
    if (fresh.ok) event.waitUntil(keep(cache, request.url, fresh.clone()).catch(() => undefined))
    // Refused now, whatever it was then.
    else if (fresh.status < 500) event.waitUntil(cache.delete(request.url))
    return fresh
  } catch (error) {
    const last = await cache.match(request.url)
    if (last === undefined) throw error
    return last
  }
}

async function keep(cache: Cache, url: string, fresh: Response): Promise<void> {
  const headers = {
    'content-type': fresh.headers.get('content-type') ?? 'application/json',
    [keptAtHeader]: String(Date.now()),
  }
  // Deleted first: the order of a cache is that of its entries' first coming.
  await cache.delete(url)
  await cache.put(url, new Response(await fresh.blob(), { headers }))
  const all = await cache.keys()
  await Promise.all(all.slice(0, Math.max(0, all.length - entriesMax)).map((request) => cache.delete(request)))
}
