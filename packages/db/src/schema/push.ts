// How people are told where they are not looking: which of their browsers may be woken, how often they want mail, and
// what is on its way to them.
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { digestFrequencies, type DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import { sessions, users } from './accounts.ts'
import { idColumn, momentColumn, quote } from './columns.ts'
import { notifications } from './notifications.ts'

/** A browser that may be woken: as long as its session lives, and no longer. */
export const pushSubscriptions = pgTable('push_subscriptions', {
  sessionId: text('session_id')
    .primaryKey()
    .references(() => sessions.id, { onDelete: 'cascade' }),
  /** Where its push service takes messages. Whoever knows it and the keys can write to that browser. */
  endpoint: text('endpoint').notNull().unique(),
  /** The browser's public key and its secret, base64url (RFC 8291). */
  p256dh: text('p256dh').notNull(),
  auth: text('auth').notNull(),
  /** Whether names may stand on a screen that is locked. */
  showsNames: boolean('shows_names').notNull().default(true),
  createdAt: momentColumn('created_at').notNull(),
})

/**
 * One message to somebody: a push of one notification to one browser, or, without either, a digest by mail. Written
 * before it is put on the queue, and ended when it was sent: a queue that hands it out again sends nothing again.
 */
export const deliveries = pgTable(
  'deliveries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    sessionId: text('session_id').references(() => pushSubscriptions.sessionId, { onDelete: 'cascade' }),
    notificationId: bigint('notification_id', { mode: 'number' }).references(() => notifications.id, {
      onDelete: 'cascade',
    }),
    madeAt: momentColumn('made_at').notNull(),
    /** When the queue had it. */
    queuedAt: momentColumn('queued_at'),
    /** When somebody began to send it. One that dies meanwhile loses it after a while. */
    claimedAt: momentColumn('claimed_at'),
    endedAt: momentColumn('ended_at'),
  },
  (table) => [
    uniqueIndex('deliveries_one_push').on(table.notificationId, table.sessionId),
    index('deliveries_unqueued')
      .on(table.id)
      .where(sql`queued_at is null`),
    index('deliveries_user_id').on(table.userId),
    index('deliveries_session_id').on(table.sessionId),
    index('deliveries_made_at').on(table.madeAt),
    check('deliveries_push_or_digest', sql`(session_id is null) = (notification_id is null)`),
  ],
)

/** How often somebody wants mail of what they have not read. Without a row: as the defaults say, and nothing waits. */
export const digests = pgTable(
  'digests',
  {
    userId: idColumn('user', 'user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    frequency: text('frequency').$type<DigestFrequency>().notNull().default('weekly'),
    /** IANA name, as their browser gave it last. Null: not known. */
    timeZone: text('time_zone'),
    /** Since when something unread waits. */
    waitsSince: momentColumn('waits_since'),
    /** When the next one is mailed; set once something waits. */
    dueAt: momentColumn('due_at'),
  },
  (table) => [
    index('digests_unplanned')
      .on(table.waitsSince)
      .where(sql`waits_since is not null and due_at is null`),
    index('digests_due_at')
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    check('digests_frequency', sql.raw(`frequency in (${quote(digestFrequencies)})`)),
  ],
)
