// What is to be drawn, a few more of it each frame: a screen of tiles at once would be one long task.
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'

/** About 10 ms of drawing on a slow phone. */
const perFrame = 12

/** What is wanted and was there before stays; of the rest, so many join in a frame, and those that cannot wait. */
export function createGrowingList<T>(
  wanted: Accessor<readonly T[]>,
  cannotWait: (item: T) => boolean,
): Accessor<readonly T[]> {
  const [frames, setFrames] = createSignal(0)
  let frame = 0
  onCleanup(() => cancelAnimationFrame(frame))
  return createMemo<readonly T[]>((before) => {
    frames()
    const had = new Set(before)
    let room = perFrame
    const list = wanted()
    const next = list.filter((item) => had.has(item) || cannotWait(item) || (room -= 1) >= 0)
    if (next.length < list.length && frame === 0) {
      frame = requestAnimationFrame(() => {
        frame = 0
        setFrames((count) => count + 1)
      })
    }
    return next
  }, [])
}
