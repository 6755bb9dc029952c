// Who may not take part, who was warned, and who says that it was wrong.
import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import {
  appealOutcomes,
  appealSubjects,
  bannedItemsChoices,
  type AppealOutcome,
  type AppealSubject,
  type BannedItemsChoice,
} from '@shoebox/shared/safety/bans.ts'
import { users } from './accounts.ts'
import { idColumn, momentColumn, quote } from './columns.ts'

/**
 * A ban, in force until it is lifted or its end has come; nothing needs to happen at its end. It outlives the account,
 * so that the address stays banned: no foreign keys, and of the address only a keyed hash.
 */
export const bans = pgTable(
  'bans',
  {
    id: idColumn('ban', 'id').primaryKey(),
    userId: idColumn('user', 'user_id').notNull(),
    addressHash: text('address_hash').notNull(),
    /** For the person to read. */
    reason: text('reason').notNull(),
    items: text('items').$type<BannedItemsChoice>().notNull(),
    bannedBy: idColumn('user', 'banned_by').notNull(),
    bannedAt: momentColumn('banned_at').notNull(),
    /** Null: until it is lifted. */
    endsAt: momentColumn('ends_at'),
    liftedAt: momentColumn('lifted_at'),
    liftedBy: idColumn('user', 'lifted_by'),
  },
  (table) => [
    index('bans_of_address')
      .on(table.addressHash)
      .where(sql`lifted_at is null`),
    index('bans_of_person').on(table.userId, table.bannedAt.desc().nullsFirst()),
    index('bans_banned_at').on(table.bannedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    check('bans_items', sql.raw(`items in (${quote(bannedItemsChoices)})`)),
    check('bans_lifted', sql`(lifted_at is null) = (lifted_by is null)`),
  ],
)

/** Something a moderator has to say to a person, shown to them until they have taken note. */
export const warnings = pgTable(
  'warnings',
  {
    id: idColumn('warning', 'id').primaryKey(),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    reason: text('reason').notNull(),
    warnedBy: idColumn('user', 'warned_by').notNull(),
    warnedAt: momentColumn('warned_at').notNull(),
    acknowledgedAt: momentColumn('acknowledged_at'),
  },
  (table) => [
    index('warnings_of_person').on(table.userId, table.warnedAt),
    index('warnings_waiting')
      .on(table.userId)
      .where(sql`acknowledged_at is null`),
  ],
)

/** Somebody says that a ban, or what became of their item, was wrong. Outlives both: no foreign keys. */
export const appeals = pgTable(
  'appeals',
  {
    id: idColumn('appeal', 'id').primaryKey(),
    subject: text('subject').$type<AppealSubject>().notNull(),
    /** The ban or the item. */
    subjectId: uuid('subject_id').notNull(),
    userId: idColumn('user', 'user_id').notNull(),
    /** Where the answer goes. Forgotten with it. */
    email: text('email'),
    text: text('text').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    decidedBy: idColumn('user', 'decided_by'),
    decidedAt: momentColumn('decided_at'),
    outcome: text('outcome').$type<AppealOutcome>(),
    answer: text('answer'),
  },
  (table) => [
    uniqueIndex('appeals_one_open')
      .on(table.subject, table.subjectId)
      .where(sql`decided_at is null`),
    index('appeals_of_person').on(table.userId, table.createdAt),
    index('appeals_created_at').on(table.createdAt, table.id),
    check('appeals_subject', sql.raw(`subject in (${quote(appealSubjects)})`)),
    check('appeals_outcome', sql.raw(`outcome in (${quote(appealOutcomes)})`)),
    check(
      'appeals_decided',
      sql`(decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (answer is null)`,
    ),
  ],
)
