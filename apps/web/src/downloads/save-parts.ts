// Has parts saved: by the service worker, which the page keeps awake, or by the page itself where there is no worker.
import { registerWorker } from '../pictures/keep-pictures.ts'
import { lockOf, pathOfPart, type PartCommand, type PartKey } from './download-part.ts'
import type { PartSaver } from './downloads.ts'
import { savePart, type Saving } from './save-part.ts'

/** Browsers end a worker after thirty seconds of silence. Milliseconds. */
const talkEveryMs = 8000
/** How long a browser may take to ask the person about one more download, and to start the worker. Milliseconds. */
const beginWithinMs = 60_000
const lookEveryMs = 200

/** What the page holds in memory at once. Bytes. */
const inPageBytesMax = 256 * 2 ** 20

export function createPartSaver(nowMs: () => number): PartSaver {
  let registering: Promise<ServiceWorkerRegistration | null> | null = null
  /** Some private windows have no worker, and a connection without TLS neither. */
  const findWorker = () => (registering ??= registerWorker().catch(() => null))
  const inPage = new Map<string, Saving>()

  return {
    inPageBytesMax,
    isHeld,
    hasWorker: async () => (await findWorker()) !== null,

    async begin(key, isBegun) {
      const frame = openFrame(key)
      const deadlineMs = nowMs() + beginWithinMs
      while (nowMs() < deadlineMs) {
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
        if (!(await isBegun())) continue
        // The browser takes the answer out of the frame, but not at once.
        setTimeout(() => frame.remove(), beginWithinMs)
        return true
      }
      frame.remove()
      return false
    },

    async awaitEnd(key) {
      const worker = await findWorker()
      const timer = setInterval(() => worker?.active?.postMessage('stay'), talkEveryMs)
      await navigator.locks.request(lockOf(key), { mode: 'shared' }, () => undefined)
      clearInterval(timer)
    },

    order({ downloadId, number }, order) {
      const command: PartCommand = { downloadId, number, command: order }
      inPage.get(lockOf(command))?.obey(order)
      void findWorker().then((worker) => worker?.active?.postMessage(command))
    },

    async saveInPage(part) {
      const saving = savePart(part)
      inPage.set(lockOf(part), saving)
      try {
        const [blob, outcome] = await Promise.all([new Response(saving.zip).blob(), saving.ended])
        saveBlob(blob, part.fileName)
        return outcome
      } finally {
        inPage.delete(lockOf(part))
      }
    },
  }
}

async function isHeld(key: PartKey): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === lockOf(key))
}

/** A navigation of the page itself would ask whether to leave it, and a link to a file passes the worker by. */
function openFrame(key: PartKey): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.src = pathOfPart(key)
  document.body.append(frame)
  return frame
}

function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), beginWithinMs)
}
