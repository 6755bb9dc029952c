// Saves the parts of bulk downloads. The page opens an address of a part in a frame, and this answers with a zip that is
// written as the browser saves it. What is to be in it stands in the journal: a worker that was started anew can answer.
//
// A browser ends a worker that hears nothing for half a minute, whatever it streams: while a part is saved, the page
// talks to it; see src/downloads/follow-part.ts. A lock is held as long as the part is saved, and the browser frees it
// when the worker ends in any way: so the page learns that a part broke.
import {
  lockOf,
  lockPrefix,
  readPartPath,
  type Part,
  type PartCommand,
  type PartKey,
} from '../src/downloads/download-part.ts'
import { createPartJournal } from '../src/downloads/part-journal.ts'
import { sumBytes } from '../src/downloads/plan-parts.ts'
import { savePart, type Saving } from '../src/downloads/save-part.ts'
import { nameZip } from '../src/downloads/name-files.ts'

const journal = createPartJournal(Date.now)
/** By the name of the lock. */
const savings = new Map<string, Saving>()

export function serveDownloads(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('fetch', (event) => {
    const { origin, pathname } = new URL(event.request.url)
    const key = origin === worker.location.origin ? readPartPath(pathname) : null
    if (key !== null) event.respondWith(answer(event, key))
  })
  worker.addEventListener('message', ({ data }) => {
    if (isCommand(data)) savings.get(lockOf(data))?.obey(data.command)
  })
}

/** Whether a part is being saved, by this worker or the one before it. */
export async function isSaving(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name?.startsWith(lockPrefix))
}

function answer(event: FetchEvent, key: PartKey): Promise<Response> {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const saving = navigator.locks.request(lockOf(key), { ifAvailable: true }, async (lock) => {
    const part = lock === null ? null : await journal.change(key, { state: 'running', failures: [] })
    // A frame that is answered with no content stays as it is.
    if (part === null) return resolve(new Response(null, { status: 204 }))
    await save(part, resolve)
  })
  event.waitUntil(saving.catch(() => resolve(Response.error())))
  return promise
}

async function save(part: Part, respond: (response: Response) => void): Promise<void> {
  const saving = savePart(part)
  savings.set(lockOf(part), saving)
  respond(new Response(saving.zip, { headers: headersOf(part) }))
  try {
    const { failures, rest } = await saving.ended
    const files = part.files.slice(0, part.files.length - rest.length)
    await journal.change(part, { state: 'done', failures, files, bytes: sumBytes(files) })
    if (rest.length > 0) await addPart(part, rest)
  } catch {
    await journal.change(part, { state: 'broken' })
  } finally {
    savings.delete(lockOf(part))
  }
}

async function addPart(part: Part, files: Part['files']): Promise<void> {
  const { downloadId, userId } = part
  const numbers = (await journal.list(userId)).filter((other) => other.downloadId === downloadId).map((p) => p.number)
  const number = Math.max(...numbers) + 1
  const fileName = nameZip(part.title, number)
  await journal.write([{ ...part, number, fileName, files, bytes: sumBytes(files), state: 'waiting', failures: [] }])
}

const headersOf = ({ fileName }: Part) => ({
  'content-type': 'application/zip',
  'content-disposition': `attachment; filename*=UTF-8''${escapeName(fileName)}`,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
})

/** What RFC 8187 lets stand; encodeURIComponent leaves a few signs more. */
const escapeName = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const isCommand = (data: unknown): data is PartCommand => typeof data === 'object' && data !== null && 'command' in data
