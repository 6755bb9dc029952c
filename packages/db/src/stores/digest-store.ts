// Digests: who waits for one, when it is due, what stands in it. A notification is told in one digest at most, and in
// none once it was read.
import { sql } from 'drizzle-orm'
import type { Role } from '@shoebox/shared/groups/roles.ts'
import { idFromUuid, uuidOf, type GroupId, type UserId } from '@shoebox/shared/ids.ts'
import { digestLinesMax } from '@shoebox/shared/notices/delivery.ts'
import type { DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import type { NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { isBanned } from './ban-filter.ts'
import { isStillTold } from './delivery-store.ts'
import { moment } from './moment.ts'

export type UnplannedDigest = {
  readonly userId: UserId
  readonly frequency: Exclude<DigestFrequency, 'off'>
  readonly timeZone: string | null
}

/** For whom something waits and nothing is due yet. */
export async function findUnplanned(db: PoolDatabase, rowsMax: number): Promise<UnplannedDigest[]> {
  const { rows } = await db.execute<Omit<UnplannedDigest, 'userId'> & { userId: string }>(sql`
    select user_id as "userId", frequency, time_zone as "timeZone" from digests
    where waits_since is not null and due_at is null and frequency <> 'off' order by waits_since limit ${rowsMax}`)
  return rows.map((row) => ({ ...row, userId: idFromUuid('user', row.userId) }))
}

export type DigestPlan = { readonly userId: UserId; readonly dueAt: Date }

export async function planDigests(db: PoolDatabase, plans: readonly DigestPlan[]): Promise<void> {
  const userIds = `{${plans.map(({ userId }) => uuidOf(userId)).join(',')}}`
  const moments = `{${plans.map(({ dueAt }) => `"${dueAt.toISOString()}"`).join(',')}}`
  await db.execute(sql`
    update digests set due_at = plan.due_at
    from unnest(${userIds}::uuid[], ${moments}::timestamptz[]) as plan (user_id, due_at)
    where digests.user_id = plan.user_id and waits_since is not null and digests.due_at is null`)
}

/**
 * Makes the deliveries of so many digests at most that are due, each of what its reader has not read and was told of in
 * none before. Nobody is mailed of nothing, nor where mail comes back. Answers how many were due.
 */
export async function makeDigests(
  db: PoolDatabase,
  { nowMs, rowsMax }: { readonly nowMs: number; readonly rowsMax: number },
): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    with due as (
      select user_id from digests where due_at <= ${moment(nowMs)} order by due_at limit ${rowsMax}
      for update skip locked
    ), done as (
      update digests set due_at = null, waits_since = null from due where digests.user_id = due.user_id
    ), planned as (
      insert into deliveries (user_id, made_at)
      select due.user_id, ${moment(nowMs)} from due join users on users.id = due.user_id
      where not exists (select 1 from suppressed_addresses where address = users.email) and exists (
        select 1 from notifications where notifications.user_id = due.user_id
          and read_at is null and closed_at is not null and digest_id is null)
      returning id, user_id
    ), told as (
      update notifications set digest_id = planned.id from planned
      where notifications.user_id = planned.user_id and read_at is null and closed_at is not null and digest_id is null
    )
    select count(*)::int as count from due`)
  return rows[0]?.count ?? 0
}

/** What one person did of one kind in one place. */
export type DigestLine = {
  readonly kind: NoticeKind
  readonly count: number
  readonly actorName: string
  readonly groupId: GroupId | null
  readonly groupName: string | null
  readonly role: Role | null
  readonly lastAt: Date
}

export type Digest = {
  readonly userId: UserId
  readonly email: string
  readonly name: string
  readonly timeZone: string | null
  /** Why nothing is mailed to the address, or null. */
  readonly suppression: string | null
  /** By group, the latest group first; the public feed is one of them. */
  readonly lines: readonly DigestLine[]
}

/** What a digest says, or null when its reader is gone, is kept out, or wants none any more. */
export async function readDigest(db: PoolDatabase, id: number, nowMs: number): Promise<Digest | null> {
  const { rows: readers } = await db.execute<Omit<Digest, 'userId' | 'lines'> & { userId: string }>(sql`
    select users.id as "userId", users.email, users.name, digests.time_zone as "timeZone",
      suppressed_addresses.reason as suppression
    from deliveries join users on users.id = deliveries.user_id join digests on digests.user_id = users.id
      left join suppressed_addresses on suppressed_addresses.address = users.email
    where deliveries.id = ${id} and digests.frequency <> 'off' and not ${isBanned(sql`users.id`, nowMs)}`)
  const [reader] = readers
  if (reader === undefined) return null
  return { ...reader, userId: idFromUuid('user', reader.userId), lines: await readLines(db, id, nowMs) }
}

type LineRow = Omit<DigestLine, 'groupId' | 'lastAt'> & { groupId: string | null; lastAt: string }

async function readLines(db: PoolDatabase, id: number, nowMs: number): Promise<DigestLine[]> {
  const { rows } = await db.execute<LineRow>(sql`
    select notifications.kind, sum(notifications.count)::int as count, actors.name as "actorName",
      notifications.group_id as "groupId", groups.name as "groupName", memberships.role,
      max(notifications.last_at) as "lastAt"
    from notifications join users as actors on actors.id = notifications.actor_id
      left join groups on groups.id = notifications.group_id
      left join memberships on memberships.group_id = groups.id and memberships.user_id = notifications.user_id
    where notifications.digest_id = ${id} and notifications.read_at is null and ${isStillTold(nowMs)}
    group by notifications.kind, actors.id, notifications.group_id, groups.name, memberships.role
    order by max(max(notifications.last_at)) over (partition by notifications.group_id) desc,
      notifications.group_id, max(notifications.last_at) desc, actors.name
    limit ${digestLinesMax}`)
  return rows.map((row) => ({
    ...row,
    groupId: row.groupId === null ? null : idFromUuid('group', row.groupId),
    lastAt: new Date(row.lastAt),
  }))
}
