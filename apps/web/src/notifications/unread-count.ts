// How much somebody was told and has not read: asked when they come, when they look at the page again, and in between.
import { createSignal } from 'solid-js'
import { onApart } from '../safety/apart.ts'

const [count, setCount] = createSignal(0)

export const unreadCount = count

/** They have the list before them. */
export const forgetUnread = (): void => void setCount(0)

const askEveryMs = 2 * 60_000

/** Keeps the count until the returned function is called. Without an answer it stays as it was: nobody misses a dot. */
export function watchUnread(ask: () => Promise<{ readonly count: number }>): () => void {
  let isOver = false
  const look = () => {
    if (document.hidden) return
    ask().then(
      (answer) => isOver || setCount(answer.count),
      () => undefined,
    )
  }
  look()
  const timer = setInterval(look, askEveryMs)
  // What people did who are apart now is not told any more.
  const stopHearing = onApart(look)
  document.addEventListener('visibilitychange', look)
  return () => {
    isOver = true
    clearInterval(timer)
    stopHearing()
    document.removeEventListener('visibilitychange', look)
    forgetUnread()
  }
}
