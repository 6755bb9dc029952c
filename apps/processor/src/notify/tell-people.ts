// A round of the announcer: what happened since the last one is told to whom it concerns, what has been quiet for a while
// stops growing, and what is to be pushed or mailed is put on the queue of whoever sends it. A round that is cut off
// loses nothing: each step is one statement, and what the queue was not given is there in the next round.
import type { DigestPlan, UnplannedDigest } from '@shoebox/db/stores/digest-store.ts'
import { nextDigestAt } from './next-digest-at.ts'

export type TellPeopleDeps = {
  readonly nowMs: () => number
  /** Takes so many notices at most and tells them. Answers how many there were. */
  readonly tellNotices: (noticesMax: number) => Promise<number>
  /** Ends the growth of what is due. Answers of how many notifications. */
  readonly closeQuiet: (nowMs: number) => Promise<number>
  /** Decides whom to wake for so many notifications at most. Answers for how many it did. */
  readonly planPushes: (bounds: { nowMs: number; rowsMax: number }) => Promise<number>
  readonly findUnplanned: (rowsMax: number) => Promise<readonly UnplannedDigest[]>
  readonly planDigests: (plans: readonly DigestPlan[]) => Promise<void>
  /** Makes so many digests at most that are due. Answers how many were. */
  readonly makeDigests: (bounds: { nowMs: number; rowsMax: number }) => Promise<number>
  /** The oldest deliveries that the queue has not been given. */
  readonly findUnqueued: (rowsMax: number) => Promise<readonly number[]>
  /** Puts them on the queue. Answers which it took. */
  readonly queue: (deliveryIds: readonly number[]) => Promise<readonly number[]>
  readonly markQueued: (deliveryIds: readonly number[], nowMs: number) => Promise<void>
}

export type TellCounts = {
  readonly told: number
  readonly closed: number
  readonly pushed: number
  readonly digests: number
  readonly queued: number
}

const rowsMax = 500

/** @param untilMs when to leave the rest to the next round */
export async function tellPeople(deps: TellPeopleDeps, untilMs: number): Promise<TellCounts> {
  const { nowMs } = deps
  const all = async (step: () => Promise<number>): Promise<number> => {
    let sum = 0
    let taken: number
    do {
      taken = await step()
      sum += taken
    } while (taken === rowsMax && nowMs() < untilMs)
    return sum
  }
  const told = await all(() => deps.tellNotices(rowsMax))
  const closed = await deps.closeQuiet(nowMs())
  const pushed = await all(() => deps.planPushes({ nowMs: nowMs(), rowsMax }))
  await all(() => planDigests(deps))
  const digests = await all(() => deps.makeDigests({ nowMs: nowMs(), rowsMax }))
  const queued = await all(() => handOver(deps))
  return { told, closed, pushed, digests, queued }
}

async function planDigests(deps: TellPeopleDeps): Promise<number> {
  const unplanned = await deps.findUnplanned(rowsMax)
  if (unplanned.length === 0) return 0
  const plans = unplanned.map(({ userId, frequency, timeZone }) => ({
    userId,
    dueAt: nextDigestAt(deps.nowMs(), frequency, timeZone),
  }))
  await deps.planDigests(plans)
  return unplanned.length
}

async function handOver(deps: TellPeopleDeps): Promise<number> {
  const waiting = await deps.findUnqueued(rowsMax)
  if (waiting.length === 0) return 0
  const taken = await deps.queue(waiting)
  await deps.markQueued(taken, deps.nowMs())
  return taken.length
}
