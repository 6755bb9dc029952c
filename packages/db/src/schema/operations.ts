// What operating the system needs to remember: how the last round of each scheduled task went, and to which addresses
// nothing is mailed any more.
import { sql } from 'drizzle-orm'
import { boolean, check, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { momentColumn } from './columns.ts'

/** The last round of each task that the clock starts; a round takes the place of the one before it. */
export const rounds = pgTable('rounds', {
  /** The Lambda's name. */
  task: text('task').primaryKey(),
  startedAt: momentColumn('started_at').notNull(),
  endedAt: momentColumn('ended_at').notNull(),
  isOk: boolean('is_ok').notNull(),
  /** What the task says of its round; for people to read. */
  report: jsonb('report').$type<unknown>().notNull(),
})

export const suppressionReasons = ['bounce', 'complaint'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** Addresses that refused our mail for good, or whose readers called it unwanted. */
export const suppressedAddresses = pgTable(
  'suppressed_addresses',
  {
    /** Lower-cased before it is written, as in `users`. */
    address: text('address').primaryKey(),
    reason: text('reason').$type<SuppressionReason>().notNull(),
    createdAt: momentColumn('created_at').notNull(),
  },
  () => [
    check('suppressed_addresses_is_lower_case', sql`address = lower(address)`),
    check('suppressed_addresses_reason', sql.raw(`reason in (${suppressionReasons.map((r) => `'${r}'`).join(', ')})`)),
  ],
)
