// Joins the queue to the browser and the API. Loaded apart from the first page: nobody uploads before they have looked.
import type { Id } from '@shoebox/shared/ids.ts'
import { api } from '../api/client.ts'
import { newUuid } from '../api/new-uuid.ts'
import { serverNow } from '../api/server-clock.ts'
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import { screenWords } from '../words/screen-words.ts'
import { beginBatch } from './begin-batch.ts'
import { roomOf } from './choice.ts'
import type { Destination } from './destination.ts'
import { createHashFile } from './hash-file.ts'
import { listKept } from './kept-files.ts'
import { createPageLock, findLivingPages } from './page-lock.ts'
import { createPutFile } from './put-file.ts'
import { retryUnasked } from './retry-unasked.ts'
import { sleep } from './sleep.ts'
import { createSteadyClock } from './steady-clock.ts'
import { remindUnfinished } from './remind-unfinished.ts'
import { startKeeping } from './start-keeping.ts'
import { createTakeTurn } from './take-turn.ts'
import { createUploadJournal } from './upload-journal.ts'
import type { UploadListDeps } from './upload-list.ts'
import { UploadQueue } from './upload-queue.ts'

const waitForNetwork = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (navigator.onLine || signal.aborted) return resolve()
    addEventListener('online', () => resolve(), { once: true, signal })
    signal.addEventListener('abort', () => resolve())
  })

const waitForEyes = (): Promise<void> =>
  new Promise((resolve) => {
    if (!document.hidden) return resolve()
    document.addEventListener('visibilitychange', () => resolve(), { once: true })
  })

const watch = async (mediaIds: MediaId[]) => (await api.uploads.watch.query({ mediaIds })).items

const listParts = (mediaId: MediaId, after = 0) => api.uploads.listParts.query({ mediaId, after })

const takeTurn = createTakeTurn('locks' in navigator ? navigator.locks : null)

/** A tab that the system has put to sleep may never go on. */
const alonePatienceMs = 10_000

const startHashWorker = () => new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' })

export type QueueEvents = UploadListDeps & {
  readonly onWaiting: (change: 1 | -1) => void
  readonly onReady: (items: readonly FeedItem[], destination: Destination) => void
  readonly onSignInNeeded: () => void
  /** How many files leaving the page would not lose. */
  readonly onKept: (count: number) => void
  /** Large files of an earlier page did not reach their end: says so, and what the place is called that lists them. */
  readonly onUnfinished: (sentence: string, place: string) => void
}

export type StartedQueue = {
  readonly queue: UploadQueue
  readonly open: (userId: Id<'user'>) => void
  readonly close: () => void
}

export function startQueue(events: QueueEvents): StartedQueue {
  /** Whose the files are: those of anybody before were abandoned. */
  let userId: Id<'user'> | undefined
  const journal = createUploadJournal(createPageLock(newUuid()))
  const keeping = startKeeping({
    goOn: (kept) => queue.goOn(kept),
    onKept: events.onKept,
  })
  const queue = new UploadQueue({
    ...events,
    onAdded: (items) => {
      events.onAdded(items)
      keeping?.onAdded(items)
    },
    onChanged: (after, before) => {
      events.onChanged(after, before)
      keeping?.onChanged(after, before)
    },
    onWaiting: (change) => {
      events.onWaiting(change)
      if (change === 1) keeping?.keepAll()
    },
    hash: createHashFile(startHashWorker),
    put: createPutFile(sleep),
    begin: (batchId, files, destination) => beginBatch(api, userId, { batchId, destination }, files),
    readRoom: async () => roomOf(await api.account.usage.query()),
    sign: async (mediaId) => (await api.uploads.sign.mutate({ mediaId })).request,
    openMultipart: (mediaId) => api.uploads.openMultipart.mutate({ mediaId }),
    signParts: async (mediaId, parts) => (await api.uploads.signParts.mutate({ mediaId, parts })).parts,
    listParts,
    completeMultipart: (mediaId) => api.uploads.completeMultipart.mutate({ mediaId }),
    cancel: (mediaId) => api.uploads.cancel.mutate({ mediaId }),
    watch,
    sleep,
    waitForNetwork,
    waitForEyes,
    makeBatchId: newUuid,
    journal,
    takeTurn,
    alone: (run) => takeTurn('new', AbortSignal.timeout(alonePatienceMs), run, () => undefined),
    random: Math.random,
    nowMs: createSteadyClock(),
  })
  void retryUnasked({ sleep, network: globalThis, page: document, nowMs: serverNow }, queue)
  return {
    queue,
    open(opener) {
      userId = opener
      queue.open()
      void keeping?.open(opener).catch(() => undefined)
      const tell = (sentence: string) => events.onUnfinished(sentence, screenWords.history.title)
      const reminder = { watch, waitForEyes, listParts, listKept, journal, findLivingPages, tell }
      void remindUnfinished(reminder).catch(() => undefined)
    },
    close() {
      queue.close()
      keeping?.close()
    },
  }
}
