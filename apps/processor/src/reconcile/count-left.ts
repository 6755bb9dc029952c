import type { ReconcileReport } from '@shoebox/db/schema/upkeep.ts'

/** What a run found and did not put right. Missing files it only asked for: a later run says whether they came back. */
export const countLeft = ({ found }: Pick<ReconcileReport, 'found'>): number =>
  Object.entries(found).reduce(
    (sum, [kind, { count, repaired }]) => sum + count - (kind === 'derivative_missing' ? 0 : repaired),
    0,
  )
