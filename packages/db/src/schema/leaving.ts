import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { idColumn, momentColumn } from './columns.ts'

/**
 * An export of somebody's data, from the wish to the day its file is removed. Outlives the account, so that the file
 * never does: no foreign key.
 */
export const dataExports = pgTable(
  'data_exports',
  {
    id: idColumn('export', 'id').primaryKey(),
    userId: idColumn('user', 'user_id').notNull(),
    requestedAt: momentColumn('requested_at').notNull(),
    attempts: smallint('attempts').notNull().default(0),
    nextTryAt: momentColumn('next_try_at').notNull(),
    /** When the file was there, and its length. */
    readyAt: momentColumn('ready_at'),
    bytes: bigint('bytes', { mode: 'number' }),
    /** When it is removed; set with `ready_at`, brought forward when the account is deleted. */
    expiresAt: momentColumn('expires_at'),
  },
  (table) => [
    uniqueIndex('data_exports_one_waiting')
      .on(table.userId)
      .where(sql`ready_at is null`),
    index('data_exports_user_id').on(table.userId),
    index('data_exports_due')
      .on(table.nextTryAt)
      .where(sql`ready_at is null`),
    index('data_exports_expires_at').on(table.expiresAt),
  ],
)

/** An account that was deleted and whose person is still to be told that everything is gone. The row goes with that mail. */
export const departures = pgTable('departures', {
  userId: idColumn('user', 'user_id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  deletedAt: momentColumn('deleted_at').notNull(),
  /** How many items went. */
  items: integer('items').notNull(),
  /** Of which nothing may be left in S3 before the receipt is mailed: items, avatars, uploads that were never ready. */
  mediaIds: uuid('media_ids')
    .array()
    .notNull()
    .default(sql`'{}'`),
  /** Items that the owners of their groups have now, and those of `items` for which they had no room. */
  itemsHandedOver: integer('items_handed_over').notNull().default(0),
  itemsWithoutRoom: integer('items_without_room').notNull().default(0),
  groupsHandedOver: integer('groups_handed_over').notNull().default(0),
  groupsEnded: integer('groups_ended').notNull().default(0),
})
