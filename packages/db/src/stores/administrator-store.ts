// What administrators do about accounts. Each write repeats who may do it: the role, and a code entered lately.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { PlanName } from '@shoebox/shared/upload/quota-plans.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { sessions, users } from '../schema/accounts.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { mayEnter } from './ban-filter.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { Author, SessionRead } from './session-store.ts'

export type AdministratorWish = { readonly author: Author; readonly nowMs: number }

/** The authority of an administrator's write, as its own condition. */
export const isStillAdministrator = ({ author, nowMs }: AdministratorWish): SQL => sql`exists (
  select 1 from ${sessions} join ${users} as asking on asking.id = sessions.user_id
  where sessions.id = ${author.sessionId} and asking.id = ${sql.param(author.userId, users.id)}
    and asking.role = 'administrator' and sessions.expires_at > ${moment(nowMs)}
    and sessions.stepped_up_until > ${moment(nowMs)})`

const accountQuery = declareQuery((db, wish: Slots<{ readonly email: string }>) =>
  db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      plan: users.plan,
      role: users.role,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(eq(users.email, wish.email)),
)

/** The account of an address, and the session of whoever asks, in one trip. What was read is for administrators only. */
export async function findAccountByEmail(db: EdgeDatabase, { sessionId, email }: { sessionId: string; email: string }) {
  const [session, [data]] = await readAs(db, sessionId, [accountQuery(db, { email })])
  return { session, data: data ?? null } satisfies SessionRead<object | null>
}

export type PlanWish = AdministratorWish & Audited & { readonly userId: UserId; readonly plan: PlanName }

/** Gives an account another plan. False: there is no such account, or whoever asks may not any more. */
export async function setPlan(db: EdgeDatabase, { userId, plan, ...by }: PlanWish): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with changed as (
      update ${users} set plan = ${plan} where id = ${sql.param(userId, users.id)}::uuid and ${isStillAdministrator(by)}
      returning id, old.plan as was
    ), audited as (${auditedBy(by.audit, sql`changed where was <> ${plan}`, {
      detail: sql`jsonb_build_object('from', (select was from changed), 'to', ${plan}::text)`,
    })}
    )
    select id from changed`)
  return rows.length > 0
}

export type RoleWish = AdministratorWish & Audited & { readonly userId: UserId; readonly role: SiteRole }
export type RoleOutcome = 'changed' | 'last_administrator' | 'not_found'

/**
 * Gives an account another role; none to whoever is banned, for it would count and could not be used. Administrators are locked before they are counted: of two who take the role from each
 * other at once, one stays.
 */
export async function setRole(db: EdgeDatabase, { userId, role, ...by }: RoleWish): Promise<RoleOutcome> {
  const target = sql`${sql.param(userId, users.id)}::uuid`
  const { rows } = await db.execute<{ is_there: boolean; is_changed: boolean; is_last: boolean }>(sql`
    with administrator as (
      select id from ${users} where role = 'administrator' order by id for update
    ), kept as (
      select count(*) as others from administrator where id <> ${target}
    ), changed as (
      update ${users} set role = ${role} from kept
      where users.id = ${target} and (${role} = 'administrator' or kept.others > 0)
        and (${role} = 'member' or ${mayEnter(sql`users.ban_id`, by.nowMs)})
        -- Whoever lost the role while this waited for the lock may not give it away.
        and exists (select 1 from administrator where id = ${sql.param(by.author.userId, users.id)}::uuid)
        and ${isStillAdministrator(by)}
      returning users.id, old.role as was
    ), audited as (${auditedBy(by.audit, sql`changed where was <> ${role}`, {
      detail: sql`jsonb_build_object('from', (select was from changed), 'to', ${role}::text)`,
    })}
    )
    select exists (select 1 from ${users} where id = ${target}) and ${isStillAdministrator(by)} as is_there,
      exists (select 1 from changed) as is_changed,
      ${role} <> 'administrator' and (select others from kept) = 0 as is_last`)
  const [row] = rows
  if (row?.is_changed === true) return 'changed'
  return row?.is_there === true && row.is_last ? 'last_administrator' : 'not_found'
}

/** Makes the account of an address an administrator, from where the database itself can be reached. */
export async function grantAdministrator(
  db: PoolDatabase,
  { email, audit }: Audited & { readonly email: string },
): Promise<{ name: string } | null> {
  const { rows } = await db.execute<{ name: string }>(sql`
    with granted as (
      update ${users} set role = 'administrator' where email = ${email.trim().toLowerCase()}
      returning id, name, old.role as was
    ), audited as (${auditedBy(audit, sql`granted where was <> 'administrator'`, {
      subjectId: sql`(select id from granted)`,
      detail: sql`(select jsonb_build_object('from', was, 'to', 'administrator') from granted)`,
    })}
    )
    select name from granted`)
  return rows[0] ?? null
}
