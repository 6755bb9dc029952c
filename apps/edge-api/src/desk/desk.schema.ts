import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())

export const summaryOutput = z.strictObject({
  /** Cases that wait for a decision. */
  undecided: count,
})

export type SummaryOutput = z.infer<typeof summaryOutput>
