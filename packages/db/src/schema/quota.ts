import { bigint, date, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { idColumn } from './columns.ts'

/**
 * What a person's uploads come to in all: reserved ones by their declared size, ready ones by their real size.
 * Its row is the lock under which anything of that person's quota changes. A ledger that has drifted may fall below
 * zero: the reconciliation tells of it, and nobody's items wait for that.
 */
export const quotaTotals = pgTable('quota_totals', {
  userId: idColumn('user', 'user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
})

/** The same for what was reserved in one UTC day. */
export const quotaDays = pgTable(
  'quota_days',
  {
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    day: date('day', { mode: 'string' }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.day] }), index('quota_days_day').on(table.day)],
)
