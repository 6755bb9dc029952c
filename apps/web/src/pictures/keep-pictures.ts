// Brings the service worker in that keeps pictures; see service-worker/service-worker.ts. Loaded when the first screen
// stands, so that the first load pays nothing for it.
import { openTouchedPlaces } from '../notifications/open-place.ts'
// oxlint-disable-next-line import/default -- what Vite makes of it has one
import workerUrl from '../../service-worker/service-worker.ts?worker&url'
import { keepFiles } from './keep-files.ts'

/** The worker, ready for work; null where there is none. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | null> {
  // The development server has no such file, and its pages change under one's hands.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return null
  await navigator.serviceWorker.register(workerUrl)
  return await navigator.serviceWorker.ready
}

/** Whoever counts bytes keeps what they open. Only Chromium tells. */
const savesData = (): boolean => {
  const connection: unknown = Reflect.get(navigator, 'connection')
  return typeof connection === 'object' && connection !== null && Reflect.get(connection, 'saveData') === true
}

export async function keepPictures(): Promise<void> {
  if ('serviceWorker' in navigator) openTouchedPlaces(navigator.serviceWorker)
  const wasThere = navigator.serviceWorker?.controller != null
  const active = (await registerWorker())?.active
  if (!savesData()) active?.postMessage(keepFiles)
  // The feed's first page comes inside the document, so nobody asks for it.
  active?.postMessage([`${location.origin}/api/trpc/feed.page?input=%7B%7D`])
  if (wasThere) return
  const shown = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const isKept = ({ initiatorType, name }: PerformanceResourceTiming) =>
    initiatorType === 'img' || (initiatorType === 'fetch' && name.includes('/api/trpc/'))
  active?.postMessage([...new Set(shown.filter(isKept).map(({ name }) => name))])
}
