// Joins keep-waiting.ts to the browser: IndexedDB, Web Locks, Background Sync, and the moments that threaten a page.
import { findLanguage } from '../words/language.ts'
import { KeepWaiting, type KeepDeps } from './keep-waiting.ts'
import {
  countKept,
  dropKept,
  dropOthers,
  keepFile,
  listIds,
  noteReservation,
  syncTag,
  takeKept,
  workerLock,
} from './kept-files.ts'

/** Null where nothing can be kept: without a secure context there are no locks, and two tabs would send the same file. */
export function startKeeping(given: Pick<KeepDeps, 'goOn' | 'onKept'>): KeepWaiting | null {
  if (!('locks' in navigator) || !('indexedDB' in globalThis)) return null
  const keeping = new KeepWaiting({
    ...given,
    keep: (wish) => keepFile({ ...wish, language: findLanguage() }),
    note: noteReservation,
    drop: dropKept,
    dropOthers,
    listIds,
    async take(userId) {
      if ((await countKept()) === 0) return []
      // What the worker is sending is its own until it has ended.
      await navigator.locks.request(workerLock, { mode: 'shared' }, () => undefined)
      return takeKept(userId)
    },
    isThreatened: () => !navigator.onLine || document.hidden,
    askForSync,
  })
  addEventListener('offline', () => keeping.keepAll())
  // A phone that locks itself, or another app: the page may never be seen again.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) keeping.keepAll()
    else void keeping.takeOver().catch(() => undefined)
  })
  return keeping
}

/** Only Chromium has it; elsewhere what is kept goes on with the next page that opens. */
async function askForSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const sync: unknown = registration === undefined ? undefined : Reflect.get(registration, 'sync')
  if (isSync(sync)) await sync.register(syncTag)
}

/** Not in TypeScript's library: no standard has it yet. */
type Sync = { readonly register: (tag: string) => Promise<void> }
const isSync = (value: unknown): value is Sync => typeof value === 'object' && value !== null && 'register' in value
