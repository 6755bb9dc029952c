// Sends files that waited for a network when their page was closed: the browser wakes this when there is one again
// (Background Sync, Chromium alone; elsewhere the next page that opens sends them). See src/upload/kept-files.ts.
import { connectApi } from '../src/api/connect.ts'
import { newUuid } from '../src/api/new-uuid.ts'
import { beginBatch } from '../src/upload/begin-batch.ts'
import { hashBlob } from '../src/upload/hash-blob.ts'
import {
  countKept,
  dropKept,
  letGo,
  listKept,
  noteReservation,
  syncTag,
  takeKept,
  workerLock,
} from '../src/upload/kept-files.ts'
import { readStatus } from '../src/upload/put-request.ts'
import { sendKept, type KeptSent, type SendKeptDeps } from '../src/upload/send-kept.ts'
import { sleep } from '../src/upload/sleep.ts'
import { createSteadyClock } from '../src/upload/steady-clock.ts'
import { enKept } from '../src/words/en-kept.ts'
import type { Language } from '../src/words/language-names.ts'
import { trKept } from '../src/words/tr-kept.ts'

/** Not in TypeScript's library: no standard has it yet. */
type SyncEvent = ExtendableEvent & { readonly tag: string; readonly lastChance: boolean }

/** A browser gives one event a few minutes. */
const patienceMs = 150_000

const words = { en: enKept, tr: trKept }

export function sendWaiting(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('sync', (event) => {
    if (isSync(event) && event.tag === syncTag) event.waitUntil(send(worker, event.lastChance))
  })
}

const isSync = (event: Event): event is SyncEvent => 'tag' in event && 'lastChance' in event

/** Rejects while something is left, for the browser to wake us again later. */
async function send(worker: ServiceWorkerGlobalScope, isLastChance: boolean): Promise<void> {
  const [first] = await listKept()
  if (first === undefined) return
  const sent = await navigator.locks.request(workerLock, sendFree)
  const left = await countKept()
  await tell(worker, sent, isLastChance ? left : sent.refused, first.language)
  // A page that is open sends its own; should it be killed, what it had is found the next time.
  if (left > 0) throw new Error(`${left} files are still to be sent.`)
}

const sendFree = (): Promise<KeptSent> => sendKept(deps, AbortSignal.timeout(patienceMs)).finally(letGo)

/** Where somebody allowed it and nobody looks: a page that is seen says it all itself. */
async function tell(
  worker: ServiceWorkerGlobalScope,
  { sent }: KeptSent,
  left: number,
  language: Language,
): Promise<void> {
  if (Notification.permission !== 'granted') return
  const pages = await worker.clients.matchAll({ type: 'window' })
  if (pages.some(({ visibilityState }) => visibilityState === 'visible')) return
  const said = [...(sent > 0 ? [words[language].sent(sent)] : []), ...(left > 0 ? [words[language].left(left)] : [])]
  if (said.length === 0) return
  const shown = { body: said.join(' '), tag: syncTag, data: '/you/uploads', icon: '/icon-192.png', lang: language }
  await worker.registration.showNotification('Shoebox', shown)
}

const api = connectApi((call) => call())

const deps: SendKeptDeps = {
  whoAmI: async () => (await api.account.me.query()).user?.id ?? null,
  take: takeKept,
  note: noteReservation,
  drop: dropKept,
  hash: hashBlob,
  makeBatchId: newUuid,
  begin: (batchId, files, destination, userId) => beginBatch(api, userId, { batchId, destination }, files),
  sign: async (mediaId) => (await api.uploads.sign.mutate({ mediaId })).request,
  watch: async (mediaIds) => (await api.uploads.watch.query({ mediaIds })).items,
  async put({ held, sign }, file, { signal }) {
    const request = held() ?? (await sign())
    if (request === null) return null
    const { method, url, headers } = request
    try {
      // A body without a type of its own: else the browser would add a Content-Type that nobody signed.
      const answer = await fetch(url, { method, headers, body: file.slice(0, file.size, ''), signal })
      return readStatus(answer.status, await answer.text())
    } catch {
      return 0
    }
  },
  sleep,
  // Awake only while there is one: what the network breaks off is tried again, now or the next time.
  waitForNetwork: () => Promise.resolve(),
  random: Math.random,
  nowMs: createSteadyClock(),
}
