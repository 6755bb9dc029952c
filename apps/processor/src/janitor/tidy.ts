// The other half of a janitor's round: what has lain in the trash long enough is ended, and rows that are over are
// thrown away. Each part alone, so that one that fails leaves the others their turn.
import type { PrunedTable } from '@shoebox/db/stores/prune-store.ts'
import { trashDays } from '@shoebox/shared/groups/policies.ts'
import { evidenceDays } from '@shoebox/shared/safety/reasons.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import { describeError, type Log } from '../log.ts'

export type TidyDeps = {
  readonly nowMs: () => number
  readonly purgeTrash: (before: Date, wish: { nowMs: number; rowsMax: number }) => Promise<number>
  /** Pictures of people and groups that were uploaded and never set. */
  readonly purgeUnsetPictures: (before: Date, wish: { nowMs: number; rowsMax: number }) => Promise<number>
  /** Shows again what was withdrawn with a ban that is over. */
  readonly showWithdrawn: (wish: { nowMs: number; rowsMax: number }) => Promise<number>
  /** Forgets what cases looked like that were decided before a moment. */
  readonly forgetCases: (before: Date, wish: { nowMs: number; rowsMax: number }) => Promise<number>
  /** Groups that nobody belongs to any more: removed, or left by the last one. */
  readonly findEmptyGroups: (rowsMax: number) => Promise<readonly GroupId[]>
  /** Goes on clearing one of them, as far as one go reaches. */
  readonly clearGroup: (groupId: GroupId, nowMs: number) => Promise<void>
  readonly prunedTables: readonly PrunedTable[]
  readonly pruneTable: (table: PrunedTable, wish: { nowMs: number; rowsMax: number }) => Promise<number>
  readonly log: Log
}

export type TidyCounts = { purged: number; pruned: number; shown: number; failed: number }

const itemsPerRound = 500
/** Time enough to set what was uploaded. */
const unsetPicturesMs = 24 * 60 * 60_000
const groupsPerRound = 20
const rowsPerRound = 5_000

export async function tidy(deps: TidyDeps): Promise<TidyCounts> {
  const counts: TidyCounts = { purged: 0, pruned: 0, shown: 0, failed: 0 }
  const nowMs = deps.nowMs()
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      counts.failed += 1
      deps.log.error('tidy_failed', { what, error: describeError(error) })
    }
  }
  await attempt('trash', async () => {
    const before = new Date(nowMs - trashDays * 24 * 60 * 60_000)
    counts.purged += await deps.purgeTrash(before, { nowMs, rowsMax: itemsPerRound })
  })
  await attempt('pictures', async () => {
    counts.purged += await deps.purgeUnsetPictures(new Date(nowMs - unsetPicturesMs), { nowMs, rowsMax: itemsPerRound })
  })
  await attempt('bans', async () => {
    counts.shown += await deps.showWithdrawn({ nowMs, rowsMax: itemsPerRound })
  })
  await attempt('cases', async () => {
    const before = new Date(nowMs - evidenceDays * 24 * 60 * 60_000)
    counts.pruned += await deps.forgetCases(before, { nowMs, rowsMax: itemsPerRound })
  })
  await attempt('groups', async () => {
    for (const groupId of await deps.findEmptyGroups(groupsPerRound))
      await attempt(`group ${groupId}`, () => deps.clearGroup(groupId, nowMs))
  })
  for (const table of deps.prunedTables)
    await attempt(table, async () => {
      counts.pruned += await deps.pruneTable(table, { nowMs, rowsMax: rowsPerRound })
    })
  if (counts.purged + counts.pruned + counts.shown > 0) deps.log.info('tidied', counts)
  return counts
}
