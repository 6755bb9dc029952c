// Shows what the notifier sends while nobody looks, one line for each place: what comes later there takes the place of
// what stands, without another sound. A touch leads to it, in a tab that is open where there is one. The sentence comes
// whole, so that no dictionary is loaded here.

type Told = { readonly text: string; readonly path: string; readonly tag: string }

/** Of what cannot be read: a browser that is woken has to show something. */
const unread: Told = { text: 'There is something new for you', path: '/notifications', tag: 'unread' }

export function tellPushes(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => {
    const { text, path, tag } = read(event.data)
    const shown = { body: text, tag, data: path, icon: '/icon-192.png' }
    event.waitUntil(worker.registration.showNotification('Shoebox', shown))
  })
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(open(worker, String(event.notification.data)))
  })
}

function read(data: PushMessageData | null): Told {
  if (data === null) return unread
  try {
    const { text, path, tag } = data.json() as Record<keyof Told, unknown>
    // Nothing but a path of our own is ever opened.
    if (typeof path !== 'string' || !/^\/(?!\/)/.test(path)) return unread
    return { text: String(text), path, tag: String(tag) }
  } catch {
    return unread
  }
}

/** The page goes there itself: loading it anew would end what it is sending. */
async function open({ clients }: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const [page] = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (page === undefined) return void (await clients.openWindow(path))
  // A browser may forbid it; the page goes there all the same.
  await page.focus().catch(() => undefined)
  for (let tries = 0; tries < triesMax; tries += 1) if (await tell(page, { openPlace: path })) return
}

/** A page listens a few seconds after it was opened, and what is said before is lost. */
const triesMax = 40
const patienceMs = 250

function tell(page: WindowClient, message: object): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  const heard = new Promise<boolean>((resolve) => {
    port1.addEventListener('message', () => resolve(true))
    port1.start()
    setTimeout(() => resolve(false), patienceMs)
  })
  page.postMessage(message, [port2])
  return heard
}
