// Brings the service worker in that keeps pictures; see service-worker/picture-worker.ts. Loaded when the first screen
// stands, so that the first load pays nothing for it.
import workerUrl from '../../service-worker/picture-worker.ts?worker&url'

export async function keepPictures(): Promise<void> {
  // The development server has no such file, and its pages change under one's hands.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const wasThere = navigator.serviceWorker.controller !== null
  await navigator.serviceWorker.register(workerUrl)
  if (wasThere) return
  const { active } = await navigator.serviceWorker.ready
  const shown = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  active?.postMessage(shown.filter(({ initiatorType }) => initiatorType === 'img').map(({ name }) => name))
}
