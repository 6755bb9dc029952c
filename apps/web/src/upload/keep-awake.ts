// Keeps the screen on while files are sent: a phone that locks itself stops every upload.
import { createEffect, onCleanup } from 'solid-js'

/** Asks again whenever the page becomes visible: the browser lets go of the lock with every hidden page. */
export function keepAwakeWhile(isNeeded: () => boolean): void {
  createEffect(() => {
    if (!isNeeded() || !('wakeLock' in navigator)) return
    const stop = new AbortController()
    const hold = async () => {
      if (document.hidden) return
      try {
        const held = await navigator.wakeLock.request('screen')
        if (stop.signal.aborted) await held.release()
        else stop.signal.addEventListener('abort', () => void held.release())
      } catch {
        // Saving power, or not allowed: sending goes on as long as the screen does.
      }
    }
    void hold()
    document.addEventListener('visibilitychange', () => void hold(), { signal: stop.signal })
    onCleanup(() => stop.abort())
  })
}
