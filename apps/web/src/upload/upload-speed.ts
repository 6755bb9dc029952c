import { createSignal, onCleanup } from 'solid-js'
import { sleep } from './sleep.ts'

export type SpeedClock = { readonly sleep: typeof sleep; readonly nowMs: () => number }

const pageClock: SpeedClock = { sleep, nowMs: () => performance.now() }
const everyMs = 1000
/** How much of what was said a second ago still counts. */
const kept = 0.7

/** Bytes a second, smoothed over the last few. Not less than none: the list may have been cleared. */
export function createSpeed(movedBytes: () => number, { sleep, nowMs }: SpeedClock = pageClock): () => number {
  const [speed, setSpeed] = createSignal(0)
  const end = new AbortController()
  onCleanup(() => end.abort())

  const measure = async () => {
    let before = { bytes: movedBytes(), atMs: nowMs() }
    for (;;) {
      await sleep(everyMs, end.signal)
      if (end.signal.aborted) return
      const now = { bytes: movedBytes(), atMs: nowMs() }
      // A page that nobody sees is woken once a minute.
      const seconds = (now.atMs - before.atMs) / 1000
      const latest = Math.max(0, now.bytes - before.bytes) / seconds
      const weight = kept ** seconds
      setSpeed((last) => (last === 0 ? latest : last * weight + latest * (1 - weight)))
      before = now
    }
  }
  void measure()
  return speed
}
