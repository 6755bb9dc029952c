import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { codePurposes, type CodePurpose } from '@shoebox/shared/account/codes.ts'
import { siteRoles, type SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { firstPlan, planNames, type PlanName } from '@shoebox/shared/upload/quota-plans.ts'
import { idColumn, momentColumn, quote } from './columns.ts'

/** An account. It exists only once the code mailed to its address was entered. */
export const users = pgTable(
  'users',
  {
    id: idColumn('user', 'id').primaryKey(),
    /** Lower-cased before it is written. */
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    /** argon2id as a PHC string, parameters included. Null after a change was undone: the way in is a code. */
    passwordHash: text('password_hash'),
    emailVerifiedAt: momentColumn('email_verified_at').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    /** How much they may upload; see quota-plans.ts. */
    plan: text('plan').$type<PlanName>().notNull().default(firstPlan),
    role: text('role').$type<SiteRole>().notNull().default('member'),
    /** E.164. Shown to nobody else. */
    phone: text('phone'),
    /** An item of purpose `avatar`. No foreign key: an item may go before its owner's row is told. */
    avatarId: idColumn('media', 'avatar_id'),
    /** Which terms they accepted last, and when. Null: before there were any. */
    termsVersion: text('terms_version'),
    termsAcceptedAt: momentColumn('terms_accepted_at'),
    /**
     * The ban that was pronounced last, unless it was lifted; whether it is in force is written there. It stands here
     * too so that whoever waits for this row sees it. No foreign key: who sees it before the ban is kept out.
     */
    banId: idColumn('ban', 'ban_id'),
  },
  (table) => [
    // Few rows: whoever takes a role away looks whether somebody else has it.
    index('users_with_role')
      .on(table.role)
      .where(sql`role <> 'member'`),
    check('users_email_is_lower_case', sql`email = lower(email)`),
    check('users_plan', sql.raw(`plan in (${quote(planNames)})`)),
    check('users_role', sql.raw(`role in (${quote(siteRoles)})`)),
    check('users_terms', sql`(terms_version is null) = (terms_accepted_at is null)`),
  ],
)

/** A signed-in browser. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the token in base64url. The token itself is only in the visitor's cookie. */
    id: text('id').primaryKey(),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: momentColumn('expires_at').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    lastSeenAt: momentColumn('last_seen_at').notNull(),
    userAgent: text('user_agent').notNull(),
    /** Where it was opened: two letters of ISO 3166-1, and a name. Null where the network did not say. */
    country: text('country'),
    city: text('city'),
    /** Until when a code that was entered in this session counts. */
    steppedUpUntil: momentColumn('stepped_up_until'),
  },
  (table) => [index('sessions_user_id').on(table.userId), index('sessions_expires_at').on(table.expiresAt)],
)

/**
 * A mailed code that waits to be entered, and what it is for. A sign-up's name and password belong to the attempt and
 * not to the address, so nobody can put a password of theirs on somebody else's address: the code opens only the
 * attempt that it was sent for.
 */
export const verifications = pgTable(
  'verifications',
  {
    id: idColumn('verification', 'id').primaryKey(),
    purpose: text('purpose').$type<CodePurpose>().notNull().default('sign-up'),
    /** Where the code was sent. What it opens must still have this address, or, for a change, gets it. */
    email: text('email').notNull(),
    /** As bans keep it. Null where no ban is asked for, and in rows that are older than bans. */
    addressHash: text('address_hash'),
    /** Whom the mail greets. */
    name: text('name').notNull(),
    /** The account it is for; null for a sign-up and for a decoy. */
    userId: idColumn('user', 'user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The only session in which it can be entered. No foreign key: the statement that enters it asks. */
    sessionId: text('session_id'),
    /** Of a sign-up, as is what was accepted with it. */
    passwordHash: text('password_hash'),
    termsVersion: text('terms_version'),
    /** HMAC-SHA-256 of the id and the code, base64url. */
    codeHash: text('code_hash').notNull(),
    attempts: smallint('attempts').notNull(),
    /** No code can be right, and the answers are the same as for any wrong code: what was asked for is not possible. */
    isDecoy: boolean('is_decoy').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    expiresAt: momentColumn('expires_at').notNull(),
    consumedAt: momentColumn('consumed_at'),
  },
  (table) => [
    index('verifications_created_at').on(table.createdAt),
    index('verifications_user_id').on(table.userId),
    check('verifications_purpose', sql.raw(`purpose in (${quote(codePurposes)})`)),
  ],
)

/** The way back from a change of password or address, for whoever reads the mail that told of it. */
export const undos = pgTable(
  'undos',
  {
    /** SHA-256 of the token in the mail, base64url. */
    id: text('id').primaryKey(),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Where the mail went: the address that the account gets back. */
    email: text('email').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    expiresAt: momentColumn('expires_at').notNull(),
    /** When it was used, or made worthless by one that was older. */
    spentAt: momentColumn('spent_at'),
  },
  (table) => [index('undos_user_id').on(table.userId), index('undos_email').on(table.email)],
)

/** A browser that somebody was signed in from, so that the first time in another one can be told by mail. */
export const devices = pgTable(
  'devices',
  {
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the browser's cookie, base64url. */
    id: text('id').notNull(),
    seenAt: momentColumn('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.id] }), index('devices_seen_at').on(table.seenAt)],
)
