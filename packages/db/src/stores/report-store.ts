// Reporting an item, a comment or a person. One statement looks whether the reporter sees it, keeps in words what they
// saw, asks for copies of what was shown, and puts the report with the others about the same, or begins a case.
import { sql, type SQL } from 'drizzle-orm'
import type { CaseId, CommentId, EvidenceId, MediaId, ReportId, UserId } from '@shoebox/shared/ids.ts'
import type { ReportReason } from '@shoebox/shared/safety/reasons.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { comments } from '../schema/gallery.ts'
import { media } from '../schema/media.ts'
import { isNotApart } from './block-filter.ts'
import { isInOwnGallery, isSeen } from './gallery-store.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { isStillSignedIn, type Author } from './session-store.ts'

export type Subject =
  | { readonly kind: 'item'; readonly id: MediaId }
  | { readonly kind: 'comment'; readonly id: CommentId }
  | { readonly kind: 'person'; readonly id: UserId }

export type NewReport = {
  readonly author: Author
  readonly id: ReportId
  /** Of the case, where none waits, and of its evidence. */
  readonly caseId: CaseId
  readonly evidenceId: EvidenceId
  readonly subject: Subject
  readonly reason: ReportReason
  readonly note: string
  /** How many somebody may send in an hour. */
  readonly perHourMax: number
  readonly nowMs: number
}

/** `already_reported`: by them, and it waits. `too_many`: they have sent enough for an hour. */
export type ReportOutcome = 'reported' | 'already_reported' | 'too_many' | 'not_found'

/** A film above this is judged by its poster: its copy would keep the purge from its work. */
const copiedPlayBytesMax = 500 * 2 ** 20

export async function reportSubject(db: EdgeDatabase, report: NewReport): Promise<ReportOutcome> {
  const { author, subject, nowMs } = report
  const me = uuid(author.userId)
  const { rows } = await db.execute<{ is_seen: boolean; has_room: boolean; is_reported: boolean }>(sql`
    with subject as (${findSubject(report)}
      and ${isStillSignedIn(author, nowMs)}
    ), picture as (
      -- Against this lock, whoever ends the item either comes first, and it is not seen any more, or finds the evidence.
      select id, generation, kind, array_remove(array[
          case when derivatives @> '[{"name": "preview"}]' then 'preview.webp' end,
          case when has_play and bytes <= ${copiedPlayBytesMax} then 'play' end], null) as files
      from ${media} where id = (select picture_id from subject) and state = 'ready' and listing <> 'removed'
      for key share
    ), room as (
      select count(*) < ${report.perHourMax}::int as has_room from reports
      where reporter_id = ${me} and created_at > ${moment(nowMs - 60 * 60_000)}
    ), opened as (
      insert into cases (id, subject_kind, subject_id, person_id, media_id, group_id, opened_at, last_reported_at)
      select ${uuid(report.caseId)}, ${subject.kind}, ${uuid(subject.id)}, person_id, media_id, group_id,
        ${moment(nowMs)}, ${moment(nowMs)}
      from subject, room where has_room and (${subject.kind} <> 'item' or exists (select 1 from picture))
      on conflict (subject_kind, subject_id) where state in ('open', 'quarantined')
        do update set last_reported_at = excluded.last_reported_at
      returning id
    ), reported as (
      insert into reports (id, case_id, reporter_id, reason, note, snapshot, created_at)
      select ${uuid(report.id)}, opened.id, ${me}, ${report.reason}, ${report.note}, snapshot, ${moment(nowMs)}
      from opened, subject
      on conflict (case_id, reporter_id) do nothing
      returning id
    ), kept as (
      insert into evidence (id, case_id, media_id, generation, kind, files, created_at, next_try_at)
      select ${uuid(report.evidenceId)}, opened.id, picture.id, generation, kind, files, ${moment(nowMs)}, ${moment(nowMs)}
      from opened, picture where files <> '{}'
      on conflict (case_id, media_id, generation) do nothing
    )
    select (select count(*) from subject) > 0 and (${subject.kind} <> 'item' or exists (select 1 from picture)) as is_seen,
      (select has_room from room) as has_room, exists (select 1 from reported) as is_reported`)
  const [row] = rows
  if (row === undefined || !row.is_seen) return 'not_found'
  if (!row.has_room) return 'too_many'
  return row.is_reported ? 'reported' : 'already_reported'
}

/**
 * What is reported, if the author sees it and it is not their own: whose it is, where it is, what of it can be copied,
 * and what it says. Ends in a condition, so that more can follow.
 */
function findSubject({ author, subject, nowMs }: NewReport): SQL {
  const me = uuid(author.userId)
  const viewer = { sessionId: author.sessionId, nowMs }
  if (subject.kind === 'item')
    return sql`
      select ${media.ownerId} as person_id, ${media.id} as media_id, ${media.groupId} as group_id,
        ${media.id} as picture_id, ${snapshot(sql`${media.caption}`, sql`${media.altText}`, sql`${media.kind}`)}
      from ${media} join users on users.id = ${media.ownerId} left join groups on groups.id = ${media.groupId}
      where ${media.id} = ${uuid(subject.id)} and ${media.ownerId} <> ${me} and ${isSeen(viewer)}`
  if (subject.kind === 'comment')
    return sql`
      select ${comments.authorId} as person_id, ${media.id} as media_id, ${media.groupId} as group_id,
        null::uuid as picture_id, ${snapshot(sql`${comments.text}`, sql`''`, sql`null::text`)}
      from ${comments} join ${media} on ${media.id} = ${comments.mediaId} join users on users.id = ${comments.authorId}
        left join groups on groups.id = ${media.groupId}
      where ${comments.id} = ${uuid(subject.id)} and ${comments.authorId} <> ${me} and ${isInOwnGallery(viewer)}
        and ${isNotApart(me, sql`${comments.authorId}`)}`
  // Whoever blocked somebody, or was blocked, may still have a reason to report them.
  return sql`
      select users.id as person_id, null::uuid as media_id, null::uuid as group_id, users.avatar_id as picture_id,
        jsonb_build_object('personName', users.name, 'groupName', null, 'text', '', 'altText', '', 'kind', null) as snapshot
      from users where users.id = ${uuid(subject.id)} and users.id <> ${me}`
}

/** See Snapshot in schema/reports.ts. */
const snapshot = (text: SQL, altText: SQL, kind: SQL): SQL => sql`jsonb_build_object('personName', users.name,
          'groupName', groups.name, 'text', ${text}, 'altText', ${altText}, 'kind', ${kind}) as snapshot`
