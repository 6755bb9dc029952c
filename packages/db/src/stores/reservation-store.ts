// The pre-flight's one write: reserves rows and quota for a batch of files, or says why not.
import { sql, type SQL } from 'drizzle-orm'
import { idFromUuid, uuidOf, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { quotaDayOf, quotaPlans } from '@shoebox/shared/upload/quota-plans.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { users } from '../schema/accounts.ts'
import { media, type MediaPurpose } from '../schema/media.ts'
import { isInGalleryStill } from './gallery-twin.ts'
import { uuid } from './id-param.ts'
import { isMemberOf } from './membership-store.ts'
import { reviewFirstOf } from './review-filter.ts'
import { isStillSignedIn, type Author } from './session-store.ts'

export type Reservation = {
  readonly id: MediaId
  readonly ordinal: number
  readonly fileName: string
  readonly declaredType: MediaType
  readonly declaredBytes: number
  readonly declaredSha256: string | null
  readonly incomingKey: string
  /** Reserve it although the same content is in its gallery, or on its way there. */
  readonly allowDuplicate: boolean
}

export type ReservationWish = {
  readonly author: Author
  readonly batchId: string
  readonly reservations: readonly Reservation[]
  /** The gallery they go to, if the author may still add to it. Null or left out: the public feed. */
  readonly groupId?: GroupId | null
  /** What they will be; items where nothing is said. Anything else is kept apart from people's galleries. */
  readonly purpose?: MediaPurpose
  readonly nowMs: number
}

export type ReservedRow = Omit<Reservation, 'fileName' | 'allowDuplicate'> & {
  readonly state: StoredState
  readonly groupId: GroupId | null
  readonly purpose: MediaPurpose
}

type NoRoom = 'too_large_for_plan' | 'over_day_quota' | 'over_total_quota'

export type ReserveAnswer =
  | { readonly ordinal: number; readonly reserved: ReservedRow }
  | { readonly ordinal: number; readonly refusal: NoRoom }
  | { readonly ordinal: number; readonly refusal: 'duplicate'; readonly duplicateOf: MediaId }

type AnswerColumns = {
  ordinal: number
  /** Null: reserved. */
  refusal: 'duplicate' | NoRoom | null
  /** With `duplicate`, the item that has the same content. */
  id: string
  state: StoredState
  declared_type: MediaType
  /** bigint: the driver leaves it text. */
  declared_bytes: string
  declared_sha256: string | null
  incoming_key: string
  group_id: string | null
  purpose: MediaPurpose
}

/**
 * Answers every file of the wish once: with the row it had when the batch was declared before, with a new one, with the
 * one that still waits for the same content, or with the reason why there is none. Room is given in order: what does not
 * fit is passed over, and what comes after it may still fit. One batch that takes the author's lock first, so equal or
 * different pre-flights at the same time see each other's rows and never pass a limit together. Before it comes the
 * membership: whoever is being removed is either gone by then, or the removal finds these rows and ends them. Null when
 * the author's session has ended, or their place in the group.
 */
export async function reserveUploads(db: EdgeDatabase, wish: ReservationWish): Promise<ReserveAnswer[] | null> {
  const { groupId = null } = wish
  const at = {
    owner: sql`${sql.param(wish.author.userId, media.ownerId)}::uuid`,
    day: sql`${quotaDayOf(wish.nowMs)}::date`,
    group: groupId === null ? sql`null::uuid` : uuid(groupId),
    signedIn: groupId === null ? isStillSignedIn(wish.author, wish.nowMs) : mayAdd(wish, groupId),
  }
  const [, , , { rows }] = await db.batch([
    db.execute(sql`select 1 from memberships where group_id = ${at.group} and user_id = ${at.owner} for share`),
    db.execute(sql`
      insert into quota_totals (user_id, bytes) select ${at.owner}, 0 where ${at.signedIn}
      on conflict (user_id) do update set bytes = quota_totals.bytes`),
    db.execute(sql`
      insert into quota_days (user_id, day, bytes) select ${at.owner}, ${at.day}, 0 where ${at.signedIn}
      on conflict (user_id, day) do nothing`),
    db.execute<AnswerColumns>(reserveStatement(wish, at)),
  ])
  return rows.length === 0 ? null : rows.map(readAnswer)
}

/** A cover is for admins; what the gallery shows, for whoever may add to it. */
const mayAdd = ({ author, purpose, nowMs }: ReservationWish, groupId: GroupId): SQL =>
  isMemberOf({ sessionId: author.sessionId, nowMs }, uuid(groupId), purpose === 'cover' ? 'admin' : 'contributor')

/** One row for each file, whichever way it went. */
const answerRows = sql`select ordinal, null as refusal, id, state, declared_type, declared_bytes, declared_sha256, incoming_key,
    group_id, purpose
    from (select * from known union all select * from written) as reserved
  union all
  select fresh.ordinal, null, waiting.id, state, declared_type, declared_bytes, declared_sha256, incoming_key,
    group_id, purpose
    from fresh join ${media} as waiting on waiting.id = waiting_id where twin_id is null
  union all
  select ordinal, 'duplicate', twin_id, null, null, null, null, null, null, null from fresh where twin_id is not null
  union all
  select ordinal, refusal, wanted.id, null, null, null, null, null, null, null from wanted join given using (place)
    where refusal is not null`

/**
 * `known`: declared before. `fresh`: the others, with the item that has the same content and with the reservation that
 * waits for it; that one is taken up again, since whoever made it may have lost it in a crash. `given`: walks through
 * those that are wanted, one after the other, with the room that is left before each.
 */
function reserveStatement(wish: ReservationWish, at: { owner: SQL; day: SQL; group: SQL; signedIn: SQL }): SQL {
  const { purpose = 'item' } = wish
  const files = JSON.stringify(wish.reservations.map((file) => ({ ...file, id: uuidOf(file.id) })))
  return sql`
  with recursive file as (
    select * from jsonb_to_recordset(${files}::jsonb) as file(id uuid, ordinal smallint, "fileName" text,
      "declaredType" text, "declaredBytes" bigint, "declaredSha256" text, "incomingKey" text,
      "allowDuplicate" boolean)
    where ${at.signedIn}
  ), known as (
    select media.* from file join ${media} on owner_id = ${at.owner} and batch_id = ${wish.batchId}::uuid
      and media.ordinal = file.ordinal
  ), fresh as (
    select file.*, (
      select twin.id from ${media} as twin
      where coalesce(twin.group_id, twin.owner_id) = coalesce(${at.group}, ${at.owner}) and twin.state = 'ready'
        and twin.sha256 = file."declaredSha256" and twin.purpose = 'item' and not file."allowDuplicate"
        and ${sql.raw(isInGalleryStill)}
      order by twin.id limit 1
    ) as twin_id, (
      select waiting.id from ${media} as waiting
      where waiting.owner_id = ${at.owner} and waiting.state = 'reserved'
        and waiting.declared_sha256 = file."declaredSha256" and waiting.declared_bytes = file."declaredBytes"
        and waiting.declared_type = file."declaredType" and waiting.purpose = ${purpose}
        and waiting.group_id is not distinct from ${at.group} and not file."allowDuplicate"
      order by waiting.id limit 1
    ) as waiting_id
    from file where not exists (select 1 from known where known.ordinal = file.ordinal)
  ), wanted as (
    select *, row_number() over (order by ordinal) as place from fresh where twin_id is null and waiting_id is null
  ), given as (
    select 0::bigint as place, null::text as refusal, (allowed.figures ->> 'dayBytesMax')::bigint as day_max,
      (allowed.figures ->> 'dayBytesMax')::bigint - quota_days.bytes as day_room,
      (allowed.figures ->> 'totalBytesMax')::bigint - quota_totals.bytes as total_room
    from quota_totals
      join quota_days on quota_days.user_id = quota_totals.user_id and quota_days.day = ${at.day}
      join ${users} on users.id = quota_totals.user_id,
      lateral (select ${JSON.stringify(quotaPlans)}::jsonb -> users.plan as figures) as allowed
    where quota_totals.user_id = ${at.owner}
    union all
    select wanted.place, verdict.refusal, day_max,
      day_room - case when verdict.refusal is null then "declaredBytes" else 0 end,
      total_room - case when verdict.refusal is null then "declaredBytes" else 0 end
    from given join wanted on wanted.place = given.place + 1,
      lateral (select case when "declaredBytes" > day_max then 'too_large_for_plan'
        when "declaredBytes" > total_room then 'over_total_quota'
        when "declaredBytes" > day_room then 'over_day_quota' end as refusal) as verdict
  ), written as (
    insert into ${media} (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes,
      declared_sha256, allow_duplicate, state, incoming_key, created_at, quota_bytes, quota_day, group_id, purpose, review_first)
    select id, ${at.owner}, ${wish.batchId}::uuid, ordinal, "fileName", "declaredType", "declaredBytes", "declaredSha256",
      "allowDuplicate", 'reserved', "incomingKey", ${new Date(wish.nowMs).toISOString()}::timestamptz, "declaredBytes",
      ${at.day}, ${at.group}, ${purpose}, (select ${reviewFirstOf(wish.nowMs)} from ${users} where users.id = ${at.owner})
    from wanted join given on given.place = wanted.place where refusal is null
    returning *
  ), total as (
    update quota_totals set bytes = quota_totals.bytes + sum.bytes
    from (select sum(declared_bytes) as bytes from written having count(*) > 0) as sum where user_id = ${at.owner}
  ), today as (
    update quota_days set bytes = quota_days.bytes + sum.bytes
    from (select sum(declared_bytes) as bytes from written having count(*) > 0) as sum
    where user_id = ${at.owner} and quota_days.day = ${at.day}
  )
  ${answerRows}`
}

function readAnswer(row: AnswerColumns): ReserveAnswer {
  const { ordinal, refusal } = row
  const id = idFromUuid('media', row.id)
  if (refusal === 'duplicate') return { ordinal, refusal, duplicateOf: id }
  if (refusal !== null) return { ordinal, refusal }
  const reserved = {
    id,
    ordinal,
    state: row.state,
    declaredType: row.declared_type,
    declaredBytes: Number(row.declared_bytes),
    declaredSha256: row.declared_sha256,
    incomingKey: row.incoming_key,
    groupId: row.group_id === null ? null : idFromUuid('group', row.group_id),
    purpose: row.purpose,
  }
  return { ordinal, reserved }
}
