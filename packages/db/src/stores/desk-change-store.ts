// What moderators decide about a case. Each decision is one statement, behind one that takes the locks: the case ends, or is put aside, together with what
// is done to the item or the comment, what everybody concerned is told, and its entry in the audit log. Of two who decide
// at once, the second finds the case decided.
import { sql, type SQL } from 'drizzle-orm'
import { idFromUuid, type CaseId, type MediaId } from '@shoebox/shared/ids.ts'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { CaseState, Decision } from '@shoebox/shared/safety/reasons.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { media } from '../schema/media.ts'
import { isStillAdministrator } from './administrator-store.ts'
import { auditedBy } from './audit-store.ts'
import { isWithdrawn } from './ban-filter.ts'
import { itemsTakenDown } from './deletion-store.ts'
import { uuid } from './id-param.ts'
import { addKnownBad } from './known-bad.ts'
import { moment } from './moment.ts'
import { tell } from './notice-store.ts'
import type { Author } from './session-store.ts'
import { isStillModerator } from './still-moderator.ts'

export type CaseDecision = {
  readonly author: Author
  readonly caseId: CaseId
  readonly decision: Decision
  /** For other moderators. */
  readonly note: string
  /** By what the case is about; and where an item is removed, that its content is kept from coming back. */
  readonly entries: { readonly comment: AuditEntry; readonly other: AuditEntry; readonly known: AuditEntry }
  readonly nowMs: number
}

/** `not_possible`: not for what it is about or how it stands, or the item is gone. */
export type DecisionOutcome = 'decided' | 'already_decided' | 'not_possible' | 'not_found'

/** How a case stands after a decision, and before which it can be made. */
const effects = {
  dismiss: { from: ['open'], to: 'dismissed', tells: 'report_dismissed' },
  restore: { from: ['quarantined'], to: 'restored', tells: 'report_dismissed' },
  quarantine: { from: ['open'], to: 'quarantined', tells: null },
  remove: { from: ['open', 'quarantined'], to: 'removed', tells: 'report_upheld' },
} as const satisfies Record<
  Decision,
  { from: readonly CaseState[]; to: CaseState; tells: 'report_dismissed' | 'report_upheld' | null }
>

export async function decideCase(db: EdgeDatabase, decision: CaseDecision): Promise<DecisionOutcome> {
  const { author, caseId, entries, nowMs } = decision
  const { from, to, tells } = effects[decision.decision]
  const detail = sql`(select jsonb_build_object('subject', subject_kind, 'subjectId', subject_id, 'personId', person_id,
      'from', state, 'reports', (select count(*) from reports where case_id = cases.id))
    from cases where id = ${uuid(caseId)})`
  const decided = sql`
    with item as (
      select id, listing, owner_id, group_id from ${media} where ${isSubject(caseId)}
    ), found as (
      select * from cases where id = ${uuid(caseId)}
        and ${isStillModerator(db, author, nowMs)} and person_id <> ${uuid(author.userId)}
    ), judged as (
      select * from found where state in (${sql.join(
        from.map((state) => sql`${state}`),
        sql`, `,
      )})
    ), ${done(decision)}, closed as (
      update cases set state = ${to}, decided_by = ${uuid(author.userId)}, decided_at = ${moment(nowMs)},
        decision_note = ${decision.note}, listing_before = coalesce((select listing_before from done), cases.listing_before)
      from judged where cases.id = judged.id and exists (select 1 from done)
      returning cases.id, cases.subject_kind
    ), ${tells === null ? sql`` : sql`told as (${tellReporters(tells, nowMs)}), `}audited_comment as (${auditedBy(
      entries.comment,
      sql`(select 1 from closed where subject_kind = 'comment') as comment`,
      { detail },
    )}), audited as (${auditedBy(entries.other, sql`(select 1 from closed where subject_kind <> 'comment') as other`, { detail })})
    select (select state from found) as state, exists (select 1 from closed) as is_done`
  const [, , { rows }] = await db.batch([
    // A ban that is being pronounced is waited for: it decides where an item comes back to.
    db.execute(
      sql`select 1 from users where id = (select owner_id from ${media} where ${isSubject(caseId)}) for key share`,
    ),
    // Before the other statement begins, so that it sees what was reported and decided until then. Items before cases,
    // the order in which a report locks them.
    db.execute(sql`
      with item as materialized (select id from ${media} where ${isSubject(caseId)} for update)
      select 1 from cases where id = ${uuid(caseId)} and (select count(*) from item) >= 0 for update`),
    db.execute<{ state: CaseState | null; is_done: boolean }>(decided),
  ])
  const [row] = rows
  if (row?.state == null) return 'not_found'
  if (row.is_done) return 'decided'
  return row.state === 'open' || row.state === 'quarantined' ? 'not_possible' : 'already_decided'
}

/** The row of media is what the case is about: the item, or the person's picture. */
const isSubject = (caseId: CaseId): SQL => sql`media.id = (
        select case subject_kind when 'item' then media_id
          when 'person' then (select avatar_id from users where users.id = person_id) end
        from cases where cases.id = ${uuid(caseId)})`

const tellReporters = (kind: 'report_dismissed' | 'report_upheld', nowMs: number): SQL =>
  tell(
    kind,
    { actor: sql`reporter_id`, subject: sql`reporter_id` },
    sql`reports join closed on closed.id = reports.case_id`,
    nowMs,
  )

/**
 * The parts that do what was decided to `judged` and tell its person. Ends in `done`: a row if it could be done, with
 * where an item was that is put aside.
 */
function done({ author, decision, entries, nowMs }: CaseDecision): SQL {
  const toldOwner = (kind: 'item_quarantined' | 'item_restored' | 'item_taken_down', rows: SQL): SQL =>
    sql`told_owner as (${tell(kind, { actor: sql`owner_id`, subject: sql`owner_id`, media: sql`id` }, rows, nowMs)})`
  if (decision === 'dismiss') return sql`done as (select null as listing_before from judged)`
  if (decision === 'quarantine')
    return sql`aside as (
      update ${media} set listing = 'quarantined', trashed_at = null, trashed_by = null
      from item, judged where media.id = item.id and judged.subject_kind = 'item' and media.state = 'ready'
        and media.listing in ('listed', 'trashed', 'held')
      returning media.id, media.owner_id, item.listing
    ), ${toldOwner('item_quarantined', sql`aside`)}, done as (select listing as listing_before from aside)`
  if (decision === 'restore')
    return sql`back as (
      update ${media} set listing = place.listing,
        trashed_at = case when place.listing = 'trashed' then ${moment(nowMs)} end
      from judged, item, lateral (select ${listingAgain('item', sql`judged.listing_before`, nowMs)} as listing) as place
      where media.id = item.id and judged.subject_kind = 'item' and media.listing = 'quarantined'
      returning media.id, media.owner_id
    ), ${toldOwner('item_restored', sql`back`)}, done as (select null as listing_before from judged)`
  const isJudged = sql`media.id = (select item.id from item, judged where subject_kind <> 'comment')`
  return sql`${itemsTakenDown(isJudged, nowMs)}, ${toldOwner('item_taken_down', sql`down`)}, known as (${addKnownBad(sql`down`, author.userId, nowMs)}
    ), audited_known as (${auditedBy(entries.known, sql`known`, { subjectId: sql`(select id from known)` })}
    ), gone as (
      delete from comments using judged
      where judged.subject_kind = 'comment' and comments.id = judged.subject_id
      returning comments.media_id, comments.author_id
    ), counted as (
      update ${media} set comment_count = comment_count - 1 from gone where media.id = gone.media_id
    ), told_author as (${tell('comment_taken_down', { actor: sql`author_id`, subject: sql`author_id` }, sql`gone`, nowMs)}
    ), done as (
      select null as listing_before from judged where subject_kind <> 'person' or exists (select 1 from down))`
}

/**
 * Where an item comes back to that was put aside: where it was, but not into a group that its owner has left, nor before
 * anybody's eyes while its owner is banned with what they made.
 * @param item a row with `owner_id` and `group_id`, @param before its listing then
 */
export const listingAgain = (item: string, before: SQL, nowMs: number): SQL => {
  const [owner, group] = [sql.raw(`${item}.owner_id`), sql.raw(`${item}.group_id`)]
  return sql`case when ${before} <> 'listed' then ${before}
        when ${group} is not null and not exists (
          select 1 from memberships where group_id = ${group} and user_id = ${owner}) then 'trashed'
        when ${isWithdrawn(owner, nowMs)} then 'withdrawn' else 'listed' end`
}

export type BreakGlass = {
  readonly author: Author
  readonly mediaId: MediaId
  readonly entry: AuditEntry
  readonly nowMs: number
}

export type BrokenGlass = {
  readonly mediaId: MediaId
  readonly generation: string
  readonly kind: MediaKind
  readonly hasPlay: boolean
}

/** What an administrator may look at without a report, once that is in the audit log. Null: there is no such item. */
export async function breakGlass(db: EdgeDatabase, wish: BreakGlass): Promise<BrokenGlass | null> {
  const { rows } = await db.execute<{ id: string; generation: string; kind: MediaKind; has_play: boolean }>(sql`
    with viewed as (
      select id, generation, kind, has_play from ${media}
      where id = ${uuid(wish.mediaId)} and state = 'ready' and listing <> 'removed' and ${isStillAdministrator(wish)}
    ), audited as (${auditedBy(wish.entry, sql`viewed`)})
    select * from viewed`)
  const [row] = rows
  if (row === undefined) return null
  return {
    mediaId: idFromUuid('media', row.id),
    generation: row.generation,
    kind: row.kind,
    hasPlay: row.has_play,
  }
}
