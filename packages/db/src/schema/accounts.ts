import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { firstPlan, planNames, type PlanName } from '@shoebox/shared/upload/quota-plans.ts'
import { idColumn, momentColumn } from './columns.ts'

/** An account. It exists only once the code mailed to its address was entered. */
export const users = pgTable(
  'users',
  {
    id: idColumn('user', 'id').primaryKey(),
    /** Lower-cased before it is written. */
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    /** argon2id as a PHC string, parameters included. */
    passwordHash: text('password_hash').notNull(),
    emailVerifiedAt: momentColumn('email_verified_at').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    /** How much they may upload; see quota-plans.ts. */
    plan: text('plan').$type<PlanName>().notNull().default(firstPlan),
  },
  () => [
    check('users_email_is_lower_case', sql`email = lower(email)`),
    check('users_plan', sql.raw(`plan in (${planNames.map((plan) => `'${plan}'`).join(', ')})`)),
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
  },
  (table) => [index('sessions_user_id').on(table.userId), index('sessions_expires_at').on(table.expiresAt)],
)

/**
 * A sign-up waiting for its code. The name and password belong to the attempt and not to the address, so nobody can
 * put a password of theirs on somebody else's address: the code opens only the attempt that it was sent for.
 */
export const verifications = pgTable(
  'verifications',
  {
    id: idColumn('verification', 'id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    /** HMAC-SHA-256 of the id and the code, base64url. */
    codeHash: text('code_hash').notNull(),
    attempts: smallint('attempts').notNull(),
    /** The address already had an account: no code can be right, and the answers are the same as for any wrong code. */
    isDecoy: boolean('is_decoy').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    expiresAt: momentColumn('expires_at').notNull(),
    consumedAt: momentColumn('consumed_at'),
  },
  (table) => [index('verifications_created_at').on(table.createdAt)],
)
