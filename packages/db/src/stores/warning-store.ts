// What a moderator has to say to somebody, until they have taken note of it.
import { sql } from 'drizzle-orm'
import { idFromUuid, type CaseId, type UserId, type WarningId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { closeCase } from './ban-store.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'
import { isStillModerator } from './still-moderator.ts'

export type WarningWish = Audited & {
  readonly author: Author
  readonly id: WarningId
  readonly userId: UserId
  readonly reason: string
  /** The report that led to it, which ends with it. */
  readonly caseId: CaseId | null
  readonly nowMs: number
}

export type WarningOutcome = 'warned' | 'not_found' | 'bans_self' | 'bans_staff'

/** Warns somebody: they read it before they do anything else. */
export async function warnPerson(db: EdgeDatabase, wish: WarningWish): Promise<WarningOutcome> {
  const { author, id, userId, nowMs } = wish
  const [{ rows }] = await db.batch([
    db.execute<{ outcome: WarningOutcome }>(sql`
      with verdict as (
        select person.id, case
          when person.id = judge.id then 'bans_self'
          when person.role <> 'member' and judge.role <> 'administrator' then 'bans_staff'
          else 'warned' end as outcome
        from users as person, users as judge
        where person.id = ${uuid(userId)} and judge.id = ${uuid(author.userId)} and ${isStillModerator(db, author, nowMs)}
      ), warned as (
        insert into warnings (id, user_id, reason, warned_by, warned_at)
        select ${uuid(id)}, id, ${wish.reason}, ${uuid(author.userId)}, ${moment(nowMs)} from verdict where outcome = 'warned'
        returning user_id
      ), told as (${tell('warned', { actor: sql`user_id`, subject: sql`user_id` }, sql`warned`, nowMs)}
      )
      select outcome from verdict`),
    db.execute(closeCase(wish, 'warned', sql`exists (select 1 from warnings where id = ${uuid(id)})`)),
    db.execute(sql`with audited as (${auditedBy(wish.audit, sql`warnings where warnings.id = ${uuid(id)}`)}) select 1`),
  ])
  return rows[0]?.outcome ?? 'not_found'
}

const waitingQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db.execute<{ id: string; reason: string }>(sql`
    select id, reason from warnings
    where user_id = ${viewerId(wish)} and acknowledged_at is null
    order by warned_at, id limit 1`),
)

/** The oldest warning that the session's user has not taken note of, and the session itself, in one trip. */
export async function findWaitingWarning(db: EdgeDatabase, wish: Viewer) {
  const [session, { rows }] = await readAs(db, wish.sessionId, [waitingQuery(db, wish)])
  const [row] = rows
  const data = row === undefined ? null : { id: idFromUuid('warning', row.id), reason: row.reason }
  return { session, data } satisfies SessionRead<object | null>
}

/** Notes that the author has read a warning of theirs. False: they have no such warning. */
export async function acknowledgeWarning(
  db: EdgeDatabase,
  { author, id, nowMs }: { readonly author: Author; readonly id: WarningId; readonly nowMs: number },
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    update warnings set acknowledged_at = coalesce(acknowledged_at, ${moment(nowMs)})
    where id = ${uuid(id)} and user_id = ${uuid(author.userId)} and ${isStillSignedIn(author, nowMs)}
    returning id`)
  return rows.length > 0
}
