import { createSignal, onCleanup } from 'solid-js'

/** Bytes a second, smoothed over the last few. What is taken back by a retry counts as standing still. */
export function createSpeed(sentBytes: () => number): () => number {
  const [speed, setSpeed] = createSignal(0)
  let last = sentBytes()
  const timer = setInterval(() => {
    const sent = sentBytes()
    setSpeed((before) => before * 0.7 + Math.max(0, sent - last) * 0.3)
    last = sent
  }, 1000)
  onCleanup(() => clearInterval(timer))
  return speed
}
