// One question for everything that is being inspected: often at first, less often while nothing changes.
import type { Outputs } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { BackOffDeps } from './back-off.ts'

export type WatchedItem = Outputs['uploads']['watch']['items'][number]

export type WatchDeps = Pick<BackOffDeps, 'sleep' | 'waitForNetwork'> & {
  readonly watch: (ids: MediaId[]) => Promise<readonly WatchedItem[]>
  readonly onWatched: (items: readonly WatchedItem[], asked: readonly MediaId[]) => void
  readonly onSignInNeeded: () => void
}

const firstMs = 600
const mostMs = 6000
const growth = 1.3
/** The most ids one question may name. */
const watchedMax = 100

export type WatchLoop = { readonly add: (id: MediaId) => void; readonly drop: (id: MediaId) => void }

export function createWatchLoop(deps: WatchDeps): WatchLoop {
  const ids = new Set<MediaId>()
  let waitMs = firstMs
  let isRunning = false
  let wake = new AbortController()

  const run = async () => {
    if (isRunning) return
    isRunning = true
    while (ids.size > 0) {
      wake = new AbortController()
      await deps.waitForNetwork(wake.signal)
      await deps.sleep(waitMs, wake.signal)
      waitMs = Math.min(mostMs, waitMs * growth)
      const asked = [...ids].slice(0, watchedMax)
      // Whoever was asked goes to the end of the line, so that more than 100 take turns.
      for (const id of asked) if (ids.delete(id)) ids.add(id)
      if (asked.length === 0) continue
      try {
        deps.onWatched(await deps.watch(asked), asked)
      } catch (error) {
        if (isRefusedWith(error, 'sign_in_needed')) {
          deps.onSignInNeeded()
          break
        }
        waitMs = mostMs
      }
    }
    isRunning = false
  }

  return {
    add(id) {
      ids.add(id)
      waitMs = firstMs
      wake.abort()
      void run()
    },
    drop: (id) => ids.delete(id),
  }
}
