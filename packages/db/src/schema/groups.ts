import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { joiningModes, type JoiningMode } from '@shoebox/shared/groups/joining.ts'
import {
  locationPolicies,
  notificationLevels,
  type LocationPolicy,
  type NotificationLevel,
} from '@shoebox/shared/groups/policies.ts'
import { roles, type Role } from '@shoebox/shared/groups/roles.ts'
import { users } from './accounts.ts'
import { idColumn, momentColumn, quote } from './columns.ts'

/** Friends who share one gallery. Its row is the lock under which memberships and roles change. */
export const groups = pgTable(
  'groups',
  {
    id: idColumn('group', 'id').primaryKey(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    /** One of its items, or an item of purpose `cover`. No foreign key: an item may go before its group notices. */
    coverId: idColumn('media', 'cover_id'),
    joining: text('joining').$type<JoiningMode>().notNull().default('approval'),
    locationPolicy: text('location_policy').$type<LocationPolicy>().notNull().default('strip'),
    createdAt: momentColumn('created_at').notNull(),
    /** When something was last added, said or changed. */
    activeAt: momentColumn('active_at').notNull(),
    /** Kept by the statements that write memberships. */
    memberCount: integer('member_count').notNull().default(0),
  },
  () => [
    check('groups_joining', sql.raw(`joining in (${quote(joiningModes)})`)),
    check('groups_location_policy', sql.raw(`location_policy in (${quote(locationPolicies)})`)),
    check('groups_member_count', sql`member_count >= 0`),
  ],
)

export const memberships = pgTable(
  'memberships',
  {
    groupId: idColumn('group', 'group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role').$type<Role>().notNull(),
    joinedAt: momentColumn('joined_at').notNull(),
    /** Up to when they have seen the gallery; what came later is unread. */
    seenAt: momentColumn('seen_at').notNull(),
    notifications: text('notifications').$type<NotificationLevel>().notNull().default('all'),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.userId] }),
    index('memberships_user_id').on(table.userId),
    // Never two; that there is never none is kept by the statements that write memberships.
    uniqueIndex('memberships_one_owner')
      .on(table.groupId)
      .where(sql`role = 'owner'`),
    check('memberships_role', sql.raw(`role in (${quote(roles)})`)),
    check('memberships_notifications', sql.raw(`notifications in (${quote(notificationLevels)})`)),
  ],
)

/** A way in. Whoever holds the code may use it, so only admins of the group are shown it. */
export const invites = pgTable(
  'invites',
  {
    id: idColumn('invite', 'id').primaryKey(),
    groupId: idColumn('group', 'group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    code: text('code').notNull().unique(),
    /** What those who come in by it become. */
    role: text('role').$type<Extract<Role, 'viewer' | 'contributor'>>().notNull(),
    needsApproval: boolean('needs_approval').notNull(),
    createdBy: idColumn('user', 'created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: momentColumn('created_at').notNull(),
    expiresAt: momentColumn('expires_at'),
    usesMax: integer('uses_max'),
    uses: integer('uses').notNull().default(0),
    revokedAt: momentColumn('revoked_at'),
  },
  (table) => [
    index('invites_group_id').on(table.groupId),
    check('invites_role', sql`role in ('viewer', 'contributor')`),
    check('invites_uses', sql`uses >= 0 and (uses_max is null or uses <= uses_max)`),
  ],
)

/** Somebody asks to come in. One for each person and group. */
export const joinRequests = pgTable(
  'join_requests',
  {
    groupId: idColumn('group', 'group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    inviteId: idColumn('invite', 'invite_id').references(() => invites.id, { onDelete: 'set null' }),
    role: text('role').$type<Extract<Role, 'viewer' | 'contributor'>>().notNull(),
    createdAt: momentColumn('created_at').notNull(),
    declinedAt: momentColumn('declined_at'),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.userId] }),
    index('join_requests_user_id').on(table.userId),
    check('join_requests_role', sql`role in ('viewer', 'contributor')`),
  ],
)

/** Who was removed from a group: they come back only when an admin approves. */
export const removedMembers = pgTable(
  'removed_members',
  {
    groupId: idColumn('group', 'group_id')
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    removedAt: momentColumn('removed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.userId] }),
    index('removed_members_user_id').on(table.userId),
  ],
)
