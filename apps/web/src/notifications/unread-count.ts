// How much somebody was told and has not read: asked when they come, when they look at the page again, and in between.
import { createSignal } from 'solid-js'

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
  document.addEventListener('visibilitychange', look)
  return () => {
    isOver = true
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
    forgetUnread()
  }
}
