// Keeps the page itself and all of the client's files, so that every screen opens without a network. The page always
// comes from the network where there is one: a new version is there with the next page that is opened, and an open tab
// goes on with the files it knows, which are named by their content and kept although a deployment took them away.

import { readPartPath } from '../src/downloads/download-part.ts'
import { keepFiles } from '../src/pictures/keep-files.ts'
import { preferFresh } from './prefer-fresh.ts'

/** A page that no data is written into. */
const shellPath = '/offline'

/** The files of this version, as the build wrote them down. */
const listPath = '/client-files.json'

const shellCache = 'shell-1'
const filesCache = 'files-1'

const keptFile = /^\/(assets\/|theme\.js$|favicon\.svg$)/
const hashedFile = /^\/assets\//

/** Three versions of everything, or so. */
const filesMax = 500

/** A page that was opened brings the next one up to date, but not each one. Milliseconds. */
const freshForMs = 60 * 60 * 1000

export function keepShell(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('install', (event) => event.waitUntil(refreshShell()))
  // Where the browser can, it asks for a page while it starts the worker.
  worker.addEventListener('activate', (event) =>
    event.waitUntil(worker.registration.navigationPreload?.enable() ?? Promise.resolve()),
  )
  worker.addEventListener('message', (event) => {
    if (event.data === keepFiles) event.waitUntil(keepAllFiles().catch(() => undefined))
  })
  worker.addEventListener('fetch', (event) => {
    const { request } = event
    const { origin, pathname } = new URL(request.url)
    if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/')) return
    if (keptFile.test(pathname)) event.respondWith(answerFile(event))
    else if (request.mode === 'navigate' && readPartPath(pathname) === null) event.respondWith(answerPage(event))
  })
}

async function answerPage(event: FetchEvent): Promise<Response> {
  const asked = askForPage(event)
  event.waitUntil(asked.then(refreshWhenOld).catch(() => undefined))
  return await preferFresh(asked, findShell)
}

const askForPage = async (event: FetchEvent): Promise<Response> =>
  ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request))

const findShell = async () => (await caches.open(shellCache)).match(shellPath)

/** What is named by its content never changes; the others are shown as they were and brought up to date behind. */
async function answerFile(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(filesCache)
  const kept = await cache.match(event.request)
  if (kept !== undefined && hashedFile.test(new URL(event.request.url).pathname)) return kept
  const asking = fetch(event.request).then(async (answer) => {
    if (answer.ok) await cache.put(event.request, answer.clone())
    return answer
  })
  if (kept === undefined) return asking
  event.waitUntil(
    asking.then(
      () => undefined,
      () => undefined,
    ),
  )
  return kept
}

async function refreshWhenOld(): Promise<void> {
  const kept = await findShell()
  const keptAtMs = Date.parse(kept?.headers.get('date') ?? '')
  if (Math.abs(Date.now() - keptAtMs) < freshForMs) return
  await refreshShell()
  await keepAllFiles()
}

/** The page together with every file it names: half of them would open to nothing. */
async function refreshShell(): Promise<void> {
  const page = await fetch(shellPath, { cache: 'no-cache', credentials: 'omit' })
  if (!page.ok) return
  const html = await page.clone().text()
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].flatMap(([, path = '']) =>
    keptFile.test(path) ? [path] : [],
  )
  const files = await caches.open(filesCache)
  const missing = []
  for (const path of named) if ((await files.match(path)) === undefined) missing.push(path)
  await files.addAll(missing)
  await (await caches.open(shellCache)).put(shellPath, page)
}

/** Screens that were never opened, one file after another: nobody waits for them. */
async function keepAllFiles(): Promise<void> {
  const answer = await fetch(listPath, { cache: 'no-cache', credentials: 'omit' })
  if (!answer.ok) return
  const files = await caches.open(filesCache)
  for (const path of (await answer.json()) as string[])
    if ((await files.match(path)) === undefined) await files.add(path)
  await trim(files)
}

/** Those kept longest go. */
async function trim(files: Cache): Promise<void> {
  const kept = await files.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - filesMax)).map((request) => files.delete(request)))
}
