// Keeps what the API last answered to the screens that show photos, so that the feed and the groups that were seen open
// without a network, as they were then. The network goes first; what is kept says since when, and goes with the pictures
// when a session ends or a group is out of reach.
import { answersPrefix, keptAtHeader } from '../src/pictures/forget-pictures.ts'
import { preferFresh } from './prefer-fresh.ts'

const cacheName = `${answersPrefix}1`

/** Reads of which the same question has the same answer for a while. Never what somebody is told only once. */
const kept =
  /^\/api\/trpc\/(account\.me|feed\.(page|item|likedAmong)|groups\.(mine|find|members)|gallery\.(timeline|page|item))$/

/** A page of a gallery is about 60 kB. */
const entriesMax = 150

/** So soon after somebody changed something, an older answer would look as if it were lost. Milliseconds. */
const changedForMs = 20_000
/** Looking at a group is no change of it. */
const changeless = /[/]groups[.]markSeen$/
let changedAtMs = 0

export function serveAnswers(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('fetch', (event) => {
    const { method, url } = event.request
    const { origin, pathname } = new URL(url)
    if (origin !== worker.location.origin || !pathname.startsWith('/api/trpc/')) return
    if (method === 'POST' && !changeless.test(pathname)) changedAtMs = Date.now()
    else if (method === 'GET' && kept.test(pathname)) event.respondWith(answer(event))
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
  let isBroken = false
  const asked = fetch(request).catch((error: unknown) => {
    isBroken = true
    throw error
  })
  event.waitUntil(asked.then((fresh) => note(cache, request.url, fresh.clone())).catch(() => undefined))
  return await preferFresh(asked, async () => {
    const last = await cache.match(request.url)
    const mayStandIn = isBroken || Date.now() - changedAtMs > changedForMs
    return mayStandIn || Number(last?.headers.get(keptAtHeader)) > changedAtMs ? last : undefined
  })
}

async function note(cache: Cache, url: string, fresh: Response): Promise<void> {
  if (fresh.ok) await keep(cache, url, fresh)
  // Refused now, whatever it was then.
  else if (fresh.status < 500) await cache.delete(url)
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
