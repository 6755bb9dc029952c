// Hears what is new while somebody looks: one open answer of the API, closed in a hidden tab and without a network. The
// browser takes a broken one up again by itself and says what it heard last; one that was refused is begun anew here.
import { createEffect, onCleanup } from 'solid-js'
import { planWait } from '../upload/back-off.ts'
import type { Arrivals, Feed } from './feed-store.ts'

/** The quick ones of an upload's back-off are left out: nobody waits for this. */
const quickTries = 4

export function useFeedWatch(
  feed: Pick<Feed, 'takeNew' | 'first' | 'sinceCursor'>,
  canShow: () => boolean,
  onArrived: (count: number) => void,
): void {
  createEffect(() => {
    if (feed.first() !== 'ready') return
    let stream: EventSource | null = null
    let failures = 0
    let isOver = false
    let retry: ReturnType<typeof setTimeout> | undefined
    // One after the other: a second answer must find the list as the first one left it.
    let taken = Promise.resolve()

    const take = async (arrivals: Arrivals) => {
      const count = await feed.takeNew(arrivals, canShow())
      if (count > 0 && canShow()) onArrived(count)
    }
    const close = () => {
      clearTimeout(retry)
      stream?.close()
      stream = null
    }
    const beginAnew = () => {
      close()
      failures += 1
      if (!isOver) retry = setTimeout(open, planWait(failures + quickTries, Math.random()))
    }
    const open = () => {
      if (stream !== null || document.hidden || !navigator.onLine || feed.sinceCursor === null) return
      stream = new EventSource(`/api/feed/arrivals?after=${encodeURIComponent(feed.sinceCursor)}`)
      stream.addEventListener('open', () => (failures = 0))
      stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
        // What cannot be taken now is told again by the next stream: the list has not moved on.
        taken = taken.then(() => take(JSON.parse(data) as Arrivals)).catch(beginAnew)
      })
      stream.addEventListener('error', () => {
        if (stream?.readyState === EventSource.CLOSED) beginAnew()
      })
    }
    const follow = () => (document.hidden || !navigator.onLine ? close() : open())

    open()
    document.addEventListener('visibilitychange', follow)
    addEventListener('online', follow)
    addEventListener('offline', follow)
    onCleanup(() => {
      isOver = true
      close()
      document.removeEventListener('visibilitychange', follow)
      removeEventListener('online', follow)
      removeEventListener('offline', follow)
    })
  })
}
