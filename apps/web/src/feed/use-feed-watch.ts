// Asks gently what is new: every few seconds while somebody looks at the top of the feed, less often elsewhere, never
// in a hidden tab.
import { createEffect, onCleanup } from 'solid-js'
import type { Feed } from './feed-store.ts'

const atTopMs = 4000
const elsewhereMs = 15_000

export function useFeedWatch(
  feed: Pick<Feed, 'checkForNew' | 'first'>,
  canShow: () => boolean,
  onArrived: (count: number) => void,
): void {
  createEffect(() => {
    if (feed.first() !== 'ready') return
    const atTop = canShow()
    let isAsking = false
    const ask = async () => {
      if (document.hidden || isAsking) return
      isAsking = true
      try {
        const count = await feed.checkForNew(canShow())
        if (count > 0 && canShow()) onArrived(count)
      } catch {
        // The next question comes soon enough; the feed as it stands is still right.
      } finally {
        isAsking = false
      }
    }
    const timer = setInterval(() => void ask(), atTop ? atTopMs : elsewhereMs)
    const wake = () => void ask()
    document.addEventListener('visibilitychange', wake)
    onCleanup(() => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', wake)
    })
  })
}
