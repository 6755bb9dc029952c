// One question a second for everything that is being inspected, whatever its number, while somebody looks: a change is
// seen within a second of its happening. None in a hidden tab or without a network.
import { watchedMaxPerCall } from '@shoebox/shared/upload/policy.ts'
import type { Outputs } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { planWait, type BackOffDeps } from './back-off.ts'

export type WatchedItem = Outputs['uploads']['watch']['items'][number]

export type WatchDeps = Pick<BackOffDeps, 'sleep' | 'waitForNetwork' | 'random'> & {
  readonly watch: (ids: MediaId[]) => Promise<readonly WatchedItem[]>
  readonly onWatched: (items: readonly WatchedItem[], asked: readonly MediaId[]) => void
  readonly onSignInNeeded: () => void
  /** Resolves at once while the page is not hidden. */
  readonly waitForEyes: () => Promise<void>
  readonly nowMs: () => number
}

/** From one question to the next, its answer included: what happens right after an answer is told within a second. */
const everyMs = 800
/** After so long without a change nobody counts the seconds any more. */
const patientAfterMs = 5 * 60_000
const patientMs = 5000
/** How many of those that one question names wait the longest, and so are the next to settle; the others take turns. */
const oldestMax = 0.8 * watchedMaxPerCall

export type WatchLoop = {
  readonly add: (id: MediaId) => void
  readonly drop: (id: MediaId) => void
  /** Goes on after it stood still for want of a session. */
  readonly resume: () => void
}

export function createWatchLoop(deps: WatchDeps): WatchLoop {
  const ids = new Set<MediaId>()
  let changedAtMs = 0
  let failures = 0
  let turn = 0
  let isRunning = false
  let patience = new AbortController()

  const isPatient = () => deps.nowMs() - changedAtMs > patientAfterMs

  const choose = (): MediaId[] => {
    const all = [...ids]
    if (all.length <= watchedMaxPerCall) return all
    const others = all.slice(oldestMax)
    turn = (turn + watchedMaxPerCall - oldestMax) % others.length
    return [...all.slice(0, oldestMax), ...[...others.slice(turn), ...others].slice(0, watchedMaxPerCall - oldestMax)]
  }

  const rest = async (tookMs: number) => {
    const ms = failures > 0 ? planWait(failures + 1, deps.random()) : (isPatient() ? patientMs : everyMs) - tookMs
    patience = new AbortController()
    await deps.sleep(Math.max(0, ms), patience.signal)
    await deps.waitForNetwork(new AbortController().signal)
    await deps.waitForEyes()
  }

  const ask = async (asked: MediaId[]) => {
    const items = await deps.watch(asked)
    failures = 0
    if (items.some(({ state }) => state !== 'reserved')) changedAtMs = deps.nowMs()
    deps.onWatched(items, asked)
  }

  const run = async () => {
    if (isRunning) return
    isRunning = true
    let tookMs = 0
    while (ids.size > 0) {
      await rest(tookMs)
      const askedAtMs = deps.nowMs()
      try {
        if (ids.size > 0) await ask(choose())
      } catch (error) {
        failures += 1
        if (isRefusedWith(error, 'sign_in_needed')) {
          deps.onSignInNeeded()
          break
        }
      }
      tookMs = deps.nowMs() - askedAtMs
    }
    isRunning = false
  }

  const resume = () => {
    changedAtMs = deps.nowMs()
    void run()
  }

  return {
    add(id) {
      ids.add(id)
      // Only a long wait is cut short: a question for each file that arrives would be many a second.
      if (isPatient()) patience.abort()
      resume()
    },
    drop: (id) => ids.delete(id),
    resume,
  }
}
