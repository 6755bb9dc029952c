// Which run the clock begins: a report once a day, and after a report that told of missing files, one that has these made
// again. Strays and ledgers wait for somebody who says so. Pure.
import type { MendedClass, Reconciliation } from '@shoebox/db/stores/reconcile-store.ts'

const dayMs = 24 * 60 * 60_000

/** What was made again so often and is still missing never comes of that: it stays in the report. */
export const remakeAsksMax = 5

/** Null: nothing is due. */
export function dueClass(last: Reconciliation | null, nowMs: number): MendedClass | null {
  if (last === null || last.beganAt.getTime() <= nowMs - dayMs) return 'nothing'
  return !last.mends && !last.remakesOnly && last.report.found.derivative_missing !== undefined ? 'derivatives' : null
}
