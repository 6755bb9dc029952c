// Takes in what another app shares with the installed client: the system posts a form to an address that only this
// answers, and the page that opens finds the files.
import { keepShared, sharedField, sharePath } from '../src/share/shared-files.ts'

export function takeShared(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('fetch', (event) => {
    const { origin, pathname } = new URL(event.request.url)
    if (event.request.method === 'POST' && origin === worker.location.origin && pathname === sharePath)
      event.respondWith(take(event.request))
  })
}

async function take(request: Request): Promise<Response> {
  try {
    const form = await request.formData()
    await keepShared(form.getAll(sharedField).filter((entry) => entry instanceof File))
  } catch {
    // Without room for them there is nothing to find, which the page says.
  }
  return Response.redirect(sharePath, 303)
}
