// What moderators see of people: who somebody is, what is known of them, and who is banned. Every statement asks itself
// whether the session's user may judge: nothing leaves Postgres for anybody else.
import { sql, type SQL } from 'drizzle-orm'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { idFromUuid, type BanId, type UserId } from '@shoebox/shared/ids.ts'
import type { BannedItemsChoice } from '@shoebox/shared/safety/bans.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { isModerator, type DeskWish } from './desk-store.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

type TargetRow = { id: string; email: string; name: string; owned: string[] }

const targetQuery = declareQuery((db, wish: Slots<DeskWish & { readonly userId: UserId }>) =>
  db.execute<TargetRow>(sql`
    select id, email, name, array(select group_id::text from memberships where user_id = users.id and role = 'owner') as owned
    from users where id = ${uuid(wish.userId)} and ${isModerator(db, wish)}`),
)

/** Whom a ban would be about: their address, and the groups that they own. */
export async function findBanTarget(db: EdgeDatabase, wish: DeskWish & { readonly userId: UserId }) {
  const [session, { rows }] = await readAs(db, wish.sessionId, [targetQuery(db, wish)])
  const [row] = rows
  const data =
    row === undefined
      ? null
      : { email: row.email, name: row.name, ownedGroupIds: row.owned.map((id) => idFromUuid('group', id)) }
  return { session, data } satisfies SessionRead<object | null>
}

/** Who is looked for: by their id, or by the address of their account. */
export type PersonKey = { readonly userId: UserId } | { readonly email: string }

type PersonWish = DeskWish & { readonly key: PersonKey }

const whichPerson = ({ key }: Slots<PersonWish>): SQL =>
  'userId' in key ? sql`users.id = ${uuid(key.userId)}` : sql`users.email = ${key.email}`

const historyOf = (db: EdgeDatabase, wish: Slots<PersonWish>): SQL =>
  sql`(select users.id from users where ${whichPerson(wish)}) and ${isModerator(db, wish)}`

type PersonRow = {
  id: string
  name: string
  email: string
  role: SiteRole
  created_at: string
  items: number
  groups: number
  cases: number
  upheld: number
}

type BanRow = {
  id: string
  user_id: string
  name: string | null
  email: string | null
  reason: string
  items: BannedItemsChoice
  banned_at: string
  banned_by: string | null
  ends_at: string | null
  lifted_at: string | null
}

type WarningRow = { id: string; reason: string; warned_at: string; acknowledged_at: string | null }

/** More than anybody has. */
const historyMax = 50

const personQuery = declareQuery((db, wish: Slots<PersonWish>) =>
  db.execute<PersonRow>(sql`
    select id, name, email, role, created_at,
      (select count(*)::int from media where owner_id = users.id and state = 'ready' and purpose = 'item') as items,
      (select count(*)::int from memberships where user_id = users.id) as groups,
      (select count(*)::int from cases where person_id = users.id) as cases,
      (select count(*)::int from cases where person_id = users.id and state in ('removed', 'warned', 'banned')) as upheld
    from users where ${whichPerson(wish)} and ${isModerator(db, wish)}`),
)

const bansOfQuery = declareQuery((db, wish: Slots<PersonWish>) =>
  db.execute<BanRow>(
    sql`${selectBans} where bans.user_id = ${historyOf(db, wish)} order by bans.banned_at desc limit ${historyMax}`,
  ),
)

const warningsOfQuery = declareQuery((db, wish: Slots<PersonWish>) =>
  db.execute<WarningRow>(sql`
    select id, reason, warned_at, acknowledged_at from warnings where user_id = ${historyOf(db, wish)}
    order by warned_at desc limit ${historyMax}`),
)

/** Somebody, and all that moderators did about them. */
export async function findPersonForDesk(db: EdgeDatabase, wish: PersonWish) {
  const [session, found, banned, warned] = await readAs(db, wish.sessionId, [
    personQuery(db, wish),
    bansOfQuery(db, wish),
    warningsOfQuery(db, wish),
  ])
  const [row] = found.rows
  if (row === undefined) return { session, data: null }
  const { created_at: createdAt, ...rest } = row
  const data = {
    person: { ...rest, id: idFromUuid('user', row.id), createdAt: new Date(createdAt) },
    bans: banned.rows.map(readBan),
    warnings: warned.rows.map((warning) => ({
      id: idFromUuid('warning', warning.id),
      reason: warning.reason,
      warnedAt: new Date(warning.warned_at),
      acknowledgedAt: warning.acknowledged_at === null ? null : new Date(warning.acknowledged_at),
    })),
  }
  return { session, data } satisfies SessionRead<object | null>
}

const selectBans: SQL = sql`
      select bans.id, bans.user_id, users.name, users.email, bans.reason, bans.items, bans.banned_at,
        (select name from users as judge where judge.id = bans.banned_by) as banned_by, bans.ends_at, bans.lifted_at
      from bans left join users on users.id = bans.user_id`

export type BanPosition = { readonly bannedAtMs: number; readonly id: BanId }

type BansWish = DeskWish & { readonly after: BanPosition | null; readonly rowsMax: number }

const bansQuery = declareQuery((db, wish: Slots<BansWish>) => {
  const { after, nowMs } = wish
  const from =
    after === null ? sql`true` : sql`(bans.banned_at, bans.id) < (${moment(after.bannedAtMs)}, ${uuid(after.id)})`
  return db.execute<BanRow>(sql`${selectBans}
    where bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > ${moment(nowMs)}) and ${from}
      and ${isModerator(db, wish)}
    order by bans.banned_at desc, bans.id desc limit ${wish.rowsMax}`)
})

/** Bans that are in force, the latest first. */
export async function listBans(db: EdgeDatabase, wish: BansWish) {
  const [session, { rows }] = await readAs(db, wish.sessionId, [bansQuery(db, wish)])
  return { session, data: rows.map(readBan) } satisfies SessionRead<object[]>
}

const readBan = (row: BanRow) => ({
  id: idFromUuid('ban', row.id),
  userId: idFromUuid('user', row.user_id),
  /** Null: the account is gone, and only its address is banned. */
  name: row.name,
  email: row.email,
  reason: row.reason,
  items: row.items,
  bannedAt: new Date(row.banned_at),
  /** Null: they have no account any more. */
  bannedBy: row.banned_by,
  endsAt: row.ends_at === null ? null : new Date(row.ends_at),
  liftedAt: row.lifted_at === null ? null : new Date(row.lifted_at),
})
