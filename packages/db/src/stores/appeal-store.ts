// Saying that a ban, or what became of one's item, was wrong, and answering that. One appeal of each at a time.
import { sql, type SQL } from 'drizzle-orm'
import type { AppealId, MediaId } from '@shoebox/shared/ids.ts'
import type { AppealOutcome, AppealSubject } from '@shoebox/shared/safety/bans.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import type { Slot } from '../declare-query.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { isInForce, mayEnter } from './ban-filter.ts'
import { comeBack, liftedBans } from './ban-store.ts'
import {
  isKnownCode,
  refusedFrom,
  spendAttempt,
  type CodeRefused,
  type EnteredCode,
  type JudgedRow,
} from './code-store.ts'
import { mark, marked, whereMarked } from './batch-mark.ts'
import { listingAgain } from './desk-change-store.ts'
import { uuid } from './id-param.ts'
import { countChargesQuery } from './limit-store.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import { isStillSignedIn, type Author } from './session-store.ts'
import { isStillModerator } from './still-moderator.ts'

export type NewAppeal = { readonly id: AppealId; readonly text: string; readonly nowMs: number }

/** What stands after `insert`: another one that waits for an answer stays the only one. */
const unlessOpen = sql`on conflict (subject, subject_id) where decided_at is null do nothing returning id`

/** `open_already`: there is one, and it waits. */
export type BanAppealOutcome = { readonly outcome: 'appealed' | 'open_already' } | CodeRefused

/** Appeals against the ban of the address that the code was mailed to. */
export async function appealBan(db: EdgeDatabase, { id, text, ...entered }: EnteredCode & NewAppeal) {
  const { nowMs, verificationId, charges } = entered
  const [counted, { rows }] = await db.batch([
    countChargesQuery(db, charges),
    db.execute<JudgedRow & { is_banned: boolean; is_opened: boolean }>(sql`
      with attempt as (${spendAttempt(db, 'appeal', entered)}
      ), ban as (
        select bans.id, bans.user_id, attempt.email from attempt join bans
          on bans.address_hash = attempt.address_hash or bans.user_id = attempt.user_id
        where attempt.is_right and ${isInForce(nowMs)} order by bans.banned_at desc limit 1
      ), opened as (
        insert into appeals (id, subject, subject_id, user_id, email, text, created_at)
        select ${uuid(id)}, 'ban', id, user_id, email, ${text}, ${moment(nowMs)} from ban ${unlessOpen}
      )
      select ${isKnownCode('appeal', verificationId)} as is_known, (select is_right from attempt) as is_right,
        exists (select 1 from ban) as is_banned, exists (select 1 from opened) as is_opened`),
  ])
  const [row] = rows
  const result: BanAppealOutcome =
    row?.is_banned === true ? { outcome: row.is_opened ? 'appealed' : 'open_already' } : refusedFrom(row)
  return { counted, result }
}

/** Appeals against what became of the author's item. */
export async function appealItem(
  db: EdgeDatabase,
  { author, mediaId, id, text, nowMs }: NewAppeal & { readonly author: Author; readonly mediaId: MediaId },
): Promise<'appealed' | 'open_already' | 'not_found'> {
  const { rows } = await db.execute<{ is_there: boolean; is_opened: boolean }>(sql`
    with item as (
      select media.id, users.id as user_id, users.email from media join users on users.id = media.owner_id
      where media.id = ${uuid(mediaId)} and users.id = ${uuid(author.userId)} and media.purpose = 'item'
        and media.listing in ('quarantined', 'removed') and ${isStillSignedIn(author, nowMs)}
    ), opened as (
      insert into appeals (id, subject, subject_id, user_id, email, text, created_at)
      select ${uuid(id)}, 'item', id, user_id, email, ${text}, ${moment(nowMs)} from item ${unlessOpen}
    )
    select exists (select 1 from item) as is_there, exists (select 1 from opened) as is_opened`)
  const [row] = rows
  if (row?.is_there !== true) return 'not_found'
  return row.is_opened ? 'appealed' : 'open_already'
}

/** Who decided what the row `appeal` is against. Null where nobody is known. */
export const deciderOf = (appeal: SQL): SQL => sql`case when ${appeal}.subject = 'ban'
          then (select bans.banned_by from bans where bans.id = ${appeal}.subject_id)
          else (select cases.decided_by from cases where cases.subject_kind = 'item' and cases.subject_id = ${appeal}.subject_id
            and cases.decided_by is not null order by cases.decided_at desc limit 1) end`

/** A condition: somebody else could judge what this moderator decided. */
export const hasOtherJudge = (me: SQL, appeal: SQL, nowMs: number | Slot<number>): SQL => sql`exists (
        select 1 from users as other where other.role in ('moderator', 'administrator') and other.id <> ${me}
          and other.id <> ${appeal}.user_id and ${mayEnter(sql`other.ban_id`, nowMs)})`

export type AppealDecision = Audited & {
  readonly author: Author
  readonly id: AppealId
  readonly outcome: AppealOutcome
  /** For whoever appealed. */
  readonly answer: string
  readonly nowMs: number
}

export type AppealDecided =
  | {
      readonly outcome: 'decided'
      readonly subject: AppealSubject
      /** Where the answer goes, and whom it greets; an account that is gone has no name. */
      readonly email: string | null
      readonly name: string
    }
  | { readonly outcome: 'not_found' | 'appeal_decided' | 'own_decision' }

type DecidedRow = {
  outcome: AppealDecided['outcome']
  subject: AppealSubject
  email: string | null
  name: string | null
}

/**
 * Answers an appeal. Granted, the ban is lifted, or the item is where it was before it was put aside; what was removed
 * is gone, but may be uploaded again. Locks: the account, the item, the appeal, the case, the audit log.
 */
export async function decideAppeal(db: EdgeDatabase, decision: AppealDecision): Promise<AppealDecided> {
  const { author, id, nowMs, audit } = decision
  const banned = sql`bans.id = ${granted(decision, 'ban')}`
  const [, , { rows }] = await db.batch([
    db.execute(sql`select 1 from users where id = (select user_id from appeals where id = ${uuid(id)}) for update`),
    db.execute(sql`
      select 1 from media where id = (select subject_id from appeals where id = ${uuid(id)} and subject = 'item') for update`),
    db.execute<DecidedRow>(decide(db, decision)),
    db.execute(liftedBans(author, banned, nowMs)),
    db.execute(comeBack(banned)),
    db.execute(restoreItem(decision)),
    db.execute(sql`
      update known_bad set lifted_by = ${uuid(author.userId)}, lifted_at = ${moment(nowMs)}
      where lifted_at is null and media_id = ${granted(decision, 'item')}`),
    db.execute(sql`with audited as (${auditedBy(audit, whereMarked('done'))}) select 1`),
  ])
  const [row] = rows
  if (row === undefined) return { outcome: 'not_found' }
  if (row.outcome !== 'decided') return { outcome: row.outcome }
  return { outcome: 'decided', subject: row.subject, email: row.email, name: row.name ?? '' }
}

/** Of two who answer at once, the second finds it answered. */
const decide = (db: EdgeDatabase, { author, id, outcome, answer, nowMs }: AppealDecision): SQL => {
  const me = uuid(author.userId)
  return sql`
    with found as (
      select * from appeals where id = ${uuid(id)} and ${isStillModerator(db, author, nowMs)} for update
    ), verdict as (
      select found.*, case
        when found.decided_at is not null then 'appeal_decided'
        when found.user_id = ${me} then 'own_decision'
        when ${deciderOf(sql`found`)} = ${me} and ${hasOtherJudge(me, sql`found`, nowMs)} then 'own_decision'
        else 'decided' end as verdict
      from found
    ), decided as (
      update appeals set decided_by = ${me}, decided_at = ${moment(nowMs)}, outcome = ${outcome}, answer = ${answer},
        email = null
      from verdict where appeals.id = verdict.id and verdict.verdict = 'decided'
      returning ${mark('done')}
    )
    select verdict.verdict as outcome, verdict.subject, verdict.email,
      (select name from users where users.id = verdict.user_id) as name
    from verdict`
}

/** What was appealed against, if this very call has granted it. */
const granted = ({ id }: AppealDecision, subject: AppealSubject): SQL => sql`(select subject_id from appeals
        where id = ${uuid(id)} and subject = ${subject} and outcome = 'granted' and ${marked('done')} is not null)`

/** As a moderator who restores it from its case would, whether or not there is one. */
const restoreItem = (decision: AppealDecision): SQL => {
  const { author, nowMs } = decision
  return sql`
    with aside as (
      select media.id, ${listingAgain('media', sql`coalesce(cases.listing_before, 'listed')`, nowMs)} as listing
      from media left join cases on subject_kind = 'item' and subject_id = media.id and cases.state = 'quarantined'
      where media.id = ${granted(decision, 'item')} and media.listing = 'quarantined'
    ), back as (
      update media set listing = aside.listing,
        trashed_at = case when aside.listing = 'trashed' then ${moment(nowMs)} end
      from aside where media.id = aside.id
      returning media.id, media.owner_id
    ), closed as (
      update cases set state = 'restored', decided_by = ${uuid(author.userId)}, decided_at = ${moment(nowMs)}
      from back where cases.subject_kind = 'item' and cases.subject_id = back.id and cases.state = 'quarantined'
      returning cases.id
    ), told_owner as (${tell('item_restored', { actor: sql`owner_id`, subject: sql`owner_id`, media: sql`id` }, sql`back`, nowMs)}
    ), told as (${tell(
      'report_dismissed',
      { actor: sql`reporter_id`, subject: sql`reporter_id` },
      sql`reports join closed on closed.id = reports.case_id`,
      nowMs,
    )}
    )
    select id from back`
}
