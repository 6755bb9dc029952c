import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { idColumn, momentColumn } from './columns.ts'

/** Who blocked whom. Neither sees the other then; every read asks here, and nothing else is written or copied. */
export const blocks = pgTable(
  'blocks',
  {
    blockerId: idColumn('user', 'blocker_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    blockedId: idColumn('user', 'blocked_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.blockerId, table.blockedId] }),
    // The other direction, answered by the index alone.
    index('blocks_blocked_id').on(table.blockedId, table.blockerId),
    check('blocks_two_people', sql`blocker_id <> blocked_id`),
  ],
)
