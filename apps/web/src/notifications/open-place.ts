// Goes where the service worker says, when somebody touched what it showed; see service-worker/tell-pushes.ts.

export function openTouchedPlaces(worker: ServiceWorkerContainer): void {
  worker.addEventListener('message', ({ data, ports }) => {
    const path: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'openPlace') : undefined
    // It is said again until somebody listens; see tell-pushes.ts.
    ports[0]?.postMessage('heard')
    if (typeof path === 'string' && /^\/(?!\/)/.test(path)) goTo(path)
  })
}

/** As a link on the page would: the router takes it, and keeps everything that lives as long as the page. */
function goTo(path: string): void {
  const link = document.createElement('a')
  link.href = path
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
}
