// One part being saved, with what a person may do to it meanwhile. The service worker's, or the page's where there is no
// worker.
import { serverNow } from '../api/server-clock.ts'
import { isSiteUp, signData, signMany } from './call-procedure.ts'
import { PartBroken } from './download-faults.ts'
import { progressChannel, type Part, type PartCommand, type PartProgress } from './download-part.ts'
import { streamPart, type StreamedPart } from './stream-part.ts'

export type Saving = StreamedPart & { readonly obey: (command: PartCommand['command']) => void }

/** Milliseconds. */
const tellEveryMs = 400

export function savePart(part: Part): Saving {
  const { downloadId, number } = part
  const stop = new AbortController()
  const gate = createGate()
  let savedBytes = 0
  let isOffline = false
  const channel = new BroadcastChannel(progressChannel)
  const tell = () => channel.postMessage({ downloadId, number, savedBytes, isOffline } satisfies PartProgress)

  const streamed = streamPart(
    {
      fetch: (url, init) => fetch(url, init),
      wait: waitFor,
      isSiteUp,
      passGate: gate.pass,
      onOffline: (offline) => {
        isOffline = offline
        tell()
      },
      onBytes: (count) => (savedBytes += count),
      random: Math.random,
      nowMs: serverNow,
      signMany,
      signData,
    },
    part,
    stop.signal,
  )
  const timer = setInterval(tell, tellEveryMs)
  const end = () => {
    clearInterval(timer)
    tell()
    channel.close()
  }
  streamed.ended.then(end, end)

  return {
    ...streamed,
    obey(command) {
      if (command === 'stop') stop.abort(new PartBroken('stopped by the person'))
      if (command === 'pause') gate.close()
      else gate.open()
    },
  }
}

/** Lets through, unless it is closed: then once it is open again. */
function createGate() {
  let opening = Promise.withResolvers<void>()
  opening.resolve()
  return {
    pass: () => opening.promise,
    open: () => opening.resolve(),
    close: () => {
      opening.resolve()
      opening = Promise.withResolvers<void>()
    },
  }
}

/** Ends early, without throwing, when the signal is aborted. */
const waitFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
