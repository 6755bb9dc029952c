import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { idColumn, momentColumn } from './columns.ts'
import { media } from './media.ts'

/** What somebody does not want to see. Nobody else is told. */
export const hiddenItems = pgTable(
  'hidden_items',
  {
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    mediaId: idColumn('media', 'media_id')
      .notNull()
      .references(() => media.id, { onDelete: 'cascade' }),
    hiddenAt: momentColumn('hidden_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.mediaId] }), index('hidden_items_media_id').on(table.mediaId)],
)

export const comments = pgTable(
  'comments',
  {
    id: idColumn('comment', 'id').primaryKey(),
    mediaId: idColumn('media', 'media_id')
      .notNull()
      .references(() => media.id, { onDelete: 'cascade' }),
    authorId: idColumn('user', 'author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    createdAt: momentColumn('created_at').notNull(),
  },
  // Ids sort by creation: an item's comments in the order they were written.
  (table) => [
    index('comments_media_id').on(table.mediaId, table.id),
    // Also what somebody said about one item, which is not counted for those who are apart from them.
    index('comments_author_media').on(table.authorId, table.mediaId),
  ],
)
