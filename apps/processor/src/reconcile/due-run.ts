// Which run the clock begins: a report once a day, after one that told of missing files one that has these made again,
// and a report of what came of that. Strays and ledgers wait for somebody who says so. Pure.
import type { MendedClass, Reconciliation } from '@shoebox/db/stores/reconcile-store.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/** What was made again so often and is still missing never comes of that: it stays in the report. */
export const remakeAsksMax = 5

/** After as long what was given up may be asked for again: see prune-store.ts. */
const givenUpMs = 30 * dayMs

type Run = Pick<Reconciliation, 'beganAt' | 'endedAt' | 'report'>

/** Null: nothing is due. `last` and `lastRemake`: the last run of all that was begun, and of those of the clock. */
export function dueClass(
  { last, lastRemake }: { readonly last: Run | null; readonly lastRemake: Run | null },
  nowMs: number,
): MendedClass | null {
  if (last === null || last.beganAt.getTime() <= nowMs - dayMs) return 'nothing'
  const missing = last.report.found.derivative_missing
  if (missing === undefined) return null
  if (missing.repaired > 0) return (last.endedAt?.getTime() ?? nowMs) <= nowMs - hourMs ? 'nothing' : null
  if (lastRemake === null) return 'derivatives'
  const agoMs = nowMs - lastRemake.beganAt.getTime()
  return agoMs >= (isAllGivenUp(lastRemake, last) ? givenUpMs : dayMs) ? 'derivatives' : null
}

/** Whether a run of the clock could ask for nothing any more of what was missing, and the very same is missing now. */
function isAllGivenUp(lastRemake: Run, now: Run): boolean {
  const [before, missing] = [lastRemake, now].map(({ report }) => report.found.derivative_missing)
  return before?.repaired === 0 && before.count === missing?.count && before.bytes === missing.bytes
}
