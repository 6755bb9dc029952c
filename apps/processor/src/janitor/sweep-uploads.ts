// One round of the janitor: nothing that arrived is forgotten, nothing waits for ever, nothing lies about. It trusts
// the bucket for what arrived and the rows for what became of it. Rounds may overlap and be cut off anywhere: every
// step is conditional on the state, and what is not done is done by the next round.
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { requestLifetimeSeconds, reservationLifetimeDays } from '@shoebox/shared/upload/policy.ts'
import { describeError, type Log } from '../log.ts'

/** An object in the incoming bucket. */
export type ArrivedObject = { readonly key: string; readonly etag: string; readonly modifiedMs: number }

export type UploadRow = {
  readonly id: MediaId
  readonly state: StoredState
  readonly refusalReason: InspectionRefusal | null
  readonly incomingKey: string
  readonly multipartUploadId: string | null
  readonly reinjections: number
  readonly reinjectedAt: Date | null
  readonly settledAt: Date | null
}

export type SweepUploadsDeps = {
  readonly nowMs: () => number
  /** Pages of everything that lies in the incoming bucket. */
  readonly listArrived: () => AsyncIterable<readonly ArrivedObject[]>
  readonly isThere: (key: string) => Promise<boolean>
  /** Deletes an object unless it is another one by now. */
  readonly deleteArrived: (key: string, etag: string) => Promise<void>
  /** Asks that whatever was made of an upload goes. */
  readonly askForMade: (mediaId: MediaId, nowMs: number) => Promise<void>
  readonly abortMultipart: (key: string, multipartUploadId: string) => Promise<void>
  /** Puts the event that S3 sent when the object came on the queue once more. */
  readonly reinject: (key: string) => Promise<void>
  readonly findByIncomingKeys: (keys: readonly string[]) => Promise<readonly UploadRow[]>
  readonly findReservedBefore: (before: Date, rowsMax: number) => Promise<readonly UploadRow[]>
  readonly markSeen: (mediaId: MediaId, nowMs: number) => Promise<void>
  readonly markReinjected: (wish: { mediaId: MediaId; nowMs: number; sinceMs: number }) => Promise<boolean>
  readonly markExpired: (mediaId: MediaId, nowMs: number) => Promise<boolean>
  readonly markGivenUp: (upload: { mediaId: MediaId; incomingKey: string }, nowMs: number) => Promise<boolean>
  readonly log: Log
}

/** A file whose bytes are there this long and that has no outcome is stuck. The slowest legal file takes minutes. */
export const stuckAfterMs = 30 * 60_000

/** How often an event is sent again before the file is given up: after 63.5 hours, longer than a weekend without us. */
export const reinjectionsMax = 6

/** Each try is waited for twice as long as the one before: a queue that is full needs time, not more messages. */
export const stuckForMs = (reinjections: number): number => stuckAfterMs * 2 ** reinjections

/** Signatures are only made for reserved uploads, so none is alive this long after the end. */
const clearAfterMs = (requestLifetimeSeconds + 5 * 60) * 1000

const reservationLifetimeMs = reservationLifetimeDays * 24 * 60 * 60_000

/** Each costs one question to S3; the rest are still there in the next round. */
const expiredPerRoundMax = 500

export type SweepCounts = { reinjected: number; givenUp: number; expired: number; cleared: number; failed: number }

/** @param untilMs when to take nothing more; what is left is there in the next round, and what was done is not */
export async function sweepUploads(deps: SweepUploadsDeps, untilMs: number): Promise<SweepCounts> {
  const counts: SweepCounts = { reinjected: 0, givenUp: 0, expired: 0, cleared: 0, failed: 0 }
  await expireAbandoned(deps, untilMs, counts)
  await sweepArrived(deps, untilMs, counts)
  deps.log.info('uploads_swept', counts)
  return counts
}

async function sweepArrived(deps: SweepUploadsDeps, untilMs: number, counts: SweepCounts) {
  for await (const objects of deps.listArrived()) {
    if (objects.length === 0) continue
    const rows = await deps.findByIncomingKeys(objects.map(({ key }) => key))
    const rowByKey = new Map(rows.map((row) => [row.incomingKey, row]))
    for (const object of objects) {
      if (deps.nowMs() >= untilMs) return deps.log.warn('sweep_cut_off', counts)
      const row = rowByKey.get(object.key)
      // What belongs to no row, the reconciliation reports and the bucket's lifecycle deletes.
      if (row === undefined) continue
      const sweep = row.state === 'reserved' ? freeStuck : clearSettled
      await attempt(deps, row, counts, () => sweep(deps, object, row, counts))
    }
  }
}

/** One that fails every time must not keep all that come after it waiting. */
async function attempt(deps: SweepUploadsDeps, row: UploadRow, counts: SweepCounts, work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    counts.failed += 1
    deps.log.error('sweep_failed', { mediaId: row.id, error: describeError(error) })
  }
}

async function freeStuck(deps: SweepUploadsDeps, object: ArrivedObject, row: UploadRow, counts: SweepCounts) {
  const nowMs = deps.nowMs()
  const sinceMs = nowMs - stuckForMs(row.reinjections)
  if (object.modifiedMs > sinceMs || (row.reinjectedAt?.getTime() ?? 0) > sinceMs) return
  // S3 dates what was joined from parts by when its sending was begun, which may be days ago.
  if (row.multipartUploadId !== null && row.reinjectedAt === null) return deps.markSeen(row.id, nowMs)
  if (row.reinjections >= reinjectionsMax) {
    if (!(await deps.markGivenUp({ mediaId: row.id, incomingKey: row.incomingKey }, nowMs))) return
    counts.givenUp += 1
    return deps.log.error('upload_given_up', { mediaId: row.id, reinjections: row.reinjections })
  }
  // Counted first: a round that is cut off here has used up one try, and never sends without counting.
  if (!(await deps.markReinjected({ mediaId: row.id, nowMs, sinceMs }))) return
  await deps.reinject(object.key)
  counts.reinjected += 1
  deps.log.warn('upload_reinjected', { mediaId: row.id, before: row.reinjections })
}

async function clearSettled(deps: SweepUploadsDeps, object: ArrivedObject, row: UploadRow, counts: SweepCounts) {
  // The fault was ours: what was sent stays for as long as the bucket keeps it, to be sent on once that is mended.
  if (row.refusalReason === 'processing_failed') return
  const nowMs = deps.nowMs()
  const settledMs = row.settledAt?.getTime() ?? Infinity
  // Until then its place stays taken, so that If-None-Match keeps a late request from storing anything there.
  if (nowMs - settledMs < clearAfterMs) return
  // No outcome tells of what a function stored that was killed, and none comes once there is nothing to inspect.
  if (row.state !== 'ready') await deps.askForMade(row.id, nowMs)
  await deps.deleteArrived(object.key, object.etag)
  counts.cleared += 1
}

async function expireAbandoned(deps: SweepUploadsDeps, untilMs: number, counts: SweepCounts) {
  const nowMs = deps.nowMs()
  const abandoned = await deps.findReservedBefore(new Date(nowMs - reservationLifetimeMs), expiredPerRoundMax)
  for (const row of abandoned) {
    if (deps.nowMs() >= untilMs) return
    await attempt(deps, row, counts, async () => {
      // Its bytes came late: they are found in the bucket, by this round or the next, and sent on.
      if (await deps.isThere(row.incomingKey)) return
      if (!(await deps.markExpired(row.id, nowMs))) return
      counts.expired += 1
      if (row.multipartUploadId !== null) await deps.abortMultipart(row.incomingKey, row.multipartUploadId)
    })
  }
}
