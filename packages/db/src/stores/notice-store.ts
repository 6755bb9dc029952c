// Notices of what just happened: written by the statement in which it happens, so that neither is there without the
// other, and taken by the announcer (notification-store.ts).
import { sql, type SQL } from 'drizzle-orm'
import type { NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import type { Slot } from '../declare-query.ts'
import { moment } from './moment.ts'

/** Expressions over the rows that something happened to; absent is null. */
type Notice = { readonly group?: SQL; readonly actor: SQL; readonly subject?: SQL; readonly media?: SQL }

/**
 * A part of a statement that writes a notice for each row.
 * @param rows what stands after `from`: nothing to tell where it is empty
 */
export const tell = (
  kind: NoticeKind,
  { group, actor, subject, media }: Notice,
  rows: SQL,
  nowMs: number | Slot<number>,
): SQL => sql`
        insert into notices (kind, group_id, actor_id, subject_id, media_id, happened_at)
        select ${kind}, ${group ?? none}, ${actor}, ${subject ?? none}, ${media ?? none}, ${moment(nowMs)} from ${rows}`

const none = sql`null::uuid`
