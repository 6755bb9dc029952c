import { createSignal, onCleanup } from 'solid-js'

/** Bytes a second, smoothed over the last few. Not less than none: the list may have been cleared. */
export function createSpeed(movedBytes: () => number): () => number {
  const [speed, setSpeed] = createSignal(0)
  let last = movedBytes()
  const timer = setInterval(() => {
    const moved = movedBytes()
    setSpeed((before) => before * 0.7 + Math.max(0, moved - last) * 0.3)
    last = moved
  }, 1000)
  onCleanup(() => clearInterval(timer))
  return speed
}
