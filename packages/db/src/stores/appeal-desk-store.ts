// Appeals as moderators see them, with what each is against. The statement asks itself whether the session's user may
// judge: nothing leaves Postgres for anybody else. Of an item they see no more here than that it is there.
import { sql } from 'drizzle-orm'
import { idFromUuid, type AppealId } from '@shoebox/shared/ids.ts'
import type { AppealOutcome, AppealSubject } from '@shoebox/shared/safety/bans.ts'
import type { CaseState } from '@shoebox/shared/safety/reasons.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { viewerId } from './block-filter.ts'
import { deciderOf, hasOtherJudge } from './appeal-store.ts'
import { isModerator, type DeskWish } from './desk-store.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

export type AppealPosition = { readonly createdAtMs: number; readonly id: AppealId }

export type AppealsWish = DeskWish & {
  /** Those that wait, the oldest first; or those that are answered, the latest first. */
  readonly isOpen: boolean
  readonly after: AppealPosition | null
  readonly rowsMax: number
}

type AppealRow = {
  id: string
  subject: AppealSubject
  user_id: string
  name: string | null
  text: string
  created_at: string
  outcome: AppealOutcome | null
  answer: string | null
  decided_at: string | null
  decided_by: string | null
  ban_reason: string | null
  banned_at: string | null
  ban_ends_at: string | null
  banned_by: string | null
  case_id: string | null
  case_state: CaseState | null
  is_for_others: boolean
}

const appealsQuery = declareQuery((db, wish: Slots<AppealsWish>) => {
  const { isOpen, after, nowMs } = wish
  const me = viewerId(wish)
  const direction = isOpen ? sql`asc` : sql`desc`
  const from =
    after === null
      ? sql`true`
      : sql`(appeals.created_at, appeals.id) ${isOpen ? sql`>` : sql`<`} (${moment(after.createdAtMs)}, ${uuid(after.id)})`
  return db.execute<AppealRow>(sql`
    select appeals.id, appeals.subject, appeals.user_id, appellant.name, appeals.text, appeals.created_at,
      appeals.outcome, appeals.answer, appeals.decided_at, judge.name as decided_by,
      bans.reason as ban_reason, bans.banned_at, bans.ends_at as ban_ends_at, banner.name as banned_by,
      latest.id as case_id, latest.state as case_state,
      appeals.user_id = ${me} or coalesce(${deciderOf(sql`appeals`)} = ${me}, false)
        and ${hasOtherJudge(me, sql`appeals`, nowMs)} as is_for_others
    from appeals left join users as appellant on appellant.id = appeals.user_id
      left join users as judge on judge.id = appeals.decided_by
      left join bans on appeals.subject = 'ban' and bans.id = appeals.subject_id
      left join users as banner on banner.id = bans.banned_by
      left join lateral (
        select cases.id, cases.state from cases
        where appeals.subject = 'item' and cases.subject_kind = 'item' and cases.subject_id = appeals.subject_id
        order by cases.opened_at desc limit 1
      ) as latest on true
    where (appeals.decided_at is null) = ${isOpen} and ${from} and ${isModerator(db, wish)}
    order by appeals.created_at ${direction}, appeals.id ${direction} limit ${wish.rowsMax}`)
})

export async function listAppeals(db: EdgeDatabase, wish: AppealsWish) {
  const [session, { rows }] = await readAs(db, wish.sessionId, [appealsQuery(db, wish)])
  return { session, data: rows.map(readAppeal) } satisfies SessionRead<object[]>
}

const readAppeal = (row: AppealRow) => ({
  id: idFromUuid('appeal', row.id),
  subject: row.subject,
  userId: idFromUuid('user', row.user_id),
  /** Null: the account is gone. */
  name: row.name,
  text: row.text,
  createdAt: new Date(row.created_at),
  decision:
    row.outcome === null || row.decided_at === null
      ? null
      : { outcome: row.outcome, answer: row.answer ?? '', at: new Date(row.decided_at), by: row.decided_by },
  ban:
    row.ban_reason === null || row.banned_at === null
      ? null
      : {
          reason: row.ban_reason,
          bannedAt: new Date(row.banned_at),
          endsAt: row.ban_ends_at === null ? null : new Date(row.ban_ends_at),
          by: row.banned_by,
        },
  /** Of the item, the one that was opened last. */
  case:
    row.case_id === null || row.case_state === null
      ? null
      : { id: idFromUuid('case', row.case_id), state: row.case_state },
  /** Whoever asks decided what it is against, or it is their own, and somebody else can judge it. */
  isForOthers: row.is_for_others,
})
