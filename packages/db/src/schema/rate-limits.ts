import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { momentColumn } from './columns.ts'

/** How often something was done in one fixed window. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    /** Keyed hash of what is limited and for whom, so that the table holds no addresses and no IPs. */
    key: text('key').notNull(),
    windowSeconds: integer('window_seconds').notNull(),
    windowStart: momentColumn('window_start').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.windowSeconds, table.windowStart] }),
    index('rate_limits_window_start').on(table.windowStart),
  ],
)
