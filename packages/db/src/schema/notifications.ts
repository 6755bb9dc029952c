// What people are told. A statement that does something worth telling writes a notice beside it; the announcer makes
// notifications of them, one for each who is to know, and lets one grow while the same goes on.
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { noticeKinds, type NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import { users } from './accounts.ts'
import { idColumn, momentColumn, quote } from './columns.ts'
import { groups } from './groups.ts'

/** The outbox of the announcer. Without foreign keys, so that writing to it takes no lock on a person or a group. */
export const notices = pgTable(
  'notices',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    /** Null: it happened in the public feed. */
    groupId: idColumn('group', 'group_id'),
    actorId: idColumn('user', 'actor_id').notNull(),
    /** Whom it is about. Null: everybody in the group whom its kind concerns. */
    subjectId: idColumn('user', 'subject_id'),
    mediaId: idColumn('media', 'media_id'),
    /** How many items it is about. */
    count: integer('count').notNull().default(1),
    happenedAt: momentColumn('happened_at').notNull(),
  },
  () => [check('notices_kind', sql.raw(`kind in (${quote(noticeKinds)})`))],
)

/** One line of somebody's list: what one person did in one place, as often as they did it without a pause. */
export const notifications = pgTable(
  'notifications',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<NoticeKind>().notNull(),
    groupId: idColumn('group', 'group_id').references(() => groups.id, { onDelete: 'cascade' }),
    actorId: idColumn('user', 'actor_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The latest item of it. No foreign key: it may be gone. */
    mediaId: idColumn('media', 'media_id'),
    count: integer('count').notNull(),
    firstAt: momentColumn('first_at').notNull(),
    lastAt: momentColumn('last_at').notNull(),
    /** When it stopped growing. */
    closedAt: momentColumn('closed_at'),
    /** Null again when it grows. */
    readAt: momentColumn('read_at'),
    /** When it was decided whom of the reader's browsers to wake for it: once. */
    pushedAt: momentColumn('pushed_at'),
    /** The delivery of the digest that tells of it. */
    digestId: bigint('digest_id', { mode: 'number' }),
  },
  (table) => [
    // What grows: one for each reader, kind, place and actor. A place without a group is the reader's own.
    uniqueIndex('notifications_growing')
      .on(table.userId, table.kind, sql`coalesce(group_id, user_id)`, table.actorId)
      .where(sql`closed_at is null`),
    index('notifications_due')
      .on(table.lastAt)
      .where(sql`closed_at is null`),
    index('notifications_list').on(table.userId, table.lastAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('notifications_unread')
      .on(table.userId)
      .where(sql`read_at is null`),
    index('notifications_unpushed')
      .on(table.lastAt)
      .where(sql`pushed_at is null`),
    index('notifications_digest_id')
      .on(table.digestId)
      .where(sql`digest_id is not null`),
    // Read by the janitor, and by the deletion of a group or a person.
    index('notifications_last_at').on(table.lastAt),
    index('notifications_group_id').on(table.groupId),
    index('notifications_actor_id').on(table.actorId),
    check('notifications_kind', sql.raw(`kind in (${quote(noticeKinds)})`)),
    check('notifications_count', sql`count > 0`),
  ],
)
