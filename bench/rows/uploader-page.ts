// Runs in the browser: the uploader as it ships, over an API that the benchmark answers itself.
import { createHashFile } from '@shoebox/web/src/upload/hash-file.ts'
import { sleep } from '@shoebox/web/src/upload/sleep.ts'
import { createSteadyClock } from '@shoebox/web/src/upload/steady-clock.ts'
import { createPageLock } from '@shoebox/web/src/upload/page-lock.ts'
import { createPutFile } from '@shoebox/web/src/upload/put-file.ts'
import { createUploadJournal } from '@shoebox/web/src/upload/upload-journal.ts'
import { UploadQueue, type UploadQueueDeps } from '@shoebox/web/src/upload/upload-queue.ts'

type Api = Pick<
  UploadQueueDeps,
  'begin' | 'openMultipart' | 'signParts' | 'listParts' | 'completeMultipart' | 'watch' | 'cancel' | 'sign'
>

declare global {
  interface Window {
    /** Answered by the benchmark's process. */
    callApi: (name: string, ...input: unknown[]) => Promise<never>
    states: string[]
    /** Why a file failed. */
    troubles: (string | null)[]
  }
}

const api = new Proxy({} as Api, {
  get:
    (_, name) =>
    (...input: unknown[]) =>
      window.callApi(String(name), ...input),
})

window.states = []
window.troubles = []
const queue = new UploadQueue({
  begin: (batchId, files) => api.begin(batchId, files, { kind: 'feed' }),
  readRoom: () => Promise.resolve(Number.POSITIVE_INFINITY),
  openMultipart: (mediaId) => api.openMultipart(mediaId),
  signParts: (mediaId, parts) => api.signParts(mediaId, parts),
  listParts: (mediaId, after) => api.listParts(mediaId, after),
  completeMultipart: (mediaId) => api.completeMultipart(mediaId),
  watch: (mediaIds) => api.watch(mediaIds),
  cancel: (mediaId) => api.cancel(mediaId),
  sign: (mediaId) => api.sign(mediaId),
  hash: createHashFile(() => new Worker('/hash.worker.js', { type: 'module' })),
  put: createPutFile(sleep),
  sleep,
  waitForNetwork: () => Promise.resolve(),
  waitForEyes: () => Promise.resolve(),
  random: Math.random,
  nowMs: createSteadyClock(),
  makeBatchId: () => crypto.randomUUID(),
  journal: createUploadJournal(createPageLock(crypto.randomUUID())),
  // One page and one tab: nobody to wait for.
  takeTurn: (_mediaId, _signal, run) => run(),
  alone: (run) => run(),
  onAdded: (items) => items.forEach((item) => (window.states[item.key] = item.state)),
  onChanged: (item) => {
    window.states[item.key] = item.state
    window.troubles[item.key] = item.trouble
  },
  onReady: () => undefined,
  onSignInNeeded: () => undefined,
})
queue.open()

const input = document.createElement('input')
input.type = 'file'
input.multiple = true
input.addEventListener('change', () => queue.add([...(input.files ?? [])]))
document.body.append(input)
