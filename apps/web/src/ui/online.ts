import { createSignal } from 'solid-js'

const [isOnline, setOnline] = createSignal(navigator.onLine)
const [shownFromMs, setShownFromMs] = createSignal<number | null>(null)
for (const event of ['online', 'offline'])
  addEventListener(event, () => {
    setOnline(navigator.onLine)
    if (navigator.onLine) setShownFromMs(null)
  })

/** An answer came: kept at that moment, for want of a network, or fresh (null). */
export function showKept(keptAtMs: number | null): void {
  if (keptAtMs !== null) setShownFromMs((now) => Math.min(now ?? keptAtMs, keptAtMs))
  else if (navigator.onLine) setShownFromMs(null)
}

/** Whether what is on the screen may be what was kept. */
export const isShownKept = (): boolean => !isOnline() || shownFromMs() !== null

/** Whether the browser believes it has a network; and, without one, of when the oldest is that is shown. */
export { isOnline, shownFromMs }
