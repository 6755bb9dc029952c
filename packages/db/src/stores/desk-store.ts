// What moderators read: the cases that wait, those that were decided, and all that is known of one. Every statement asks
// itself whether the session's user may judge: nothing leaves Postgres for anybody else.
import { and, asc, desc, eq, exists, gt, inArray, isNotNull, isNull, ne, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { CaseId } from '@shoebox/shared/ids.ts'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import type { ReportReason, SubjectKind } from '@shoebox/shared/safety/reasons.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, valueOf, type Given, type Slots } from '../declare-query.ts'
import { sessions, users } from '../schema/accounts.ts'
import { bans, warnings } from '../schema/bans.ts'
import { cases, reports, type EvidenceState, type Snapshot } from '../schema/reports.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

export type DeskWish = { readonly sessionId: string; readonly nowMs: number }

const asking = alias(users, 'asking')

/** The authority of a moderator's read; whoever wrote the session row decides with the same words what is told. */
export const isModerator = (db: EdgeDatabase, { sessionId, nowMs }: Given<DeskWish>): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(sessions)
      .innerJoin(asking, eq(asking.id, sessions.userId))
      .where(
        and(
          matches(sessions.id, sessionId),
          inArray(asking.role, ['moderator', 'administrator']),
          gt(sessions.expiresAt, moment(nowMs)),
          gt(sessions.steppedUpUntil, moment(nowMs)),
        ),
      ),
  )

const isUndecided = sql`${cases.state} in ('open', 'quarantined')`

export type CasePosition = { readonly atMs: number; readonly id: CaseId }

export type CasesWish = DeskWish & {
  /** The longest waiting first, or the last decided. */
  readonly isDecided: boolean
  readonly subjectKind: SubjectKind | null
  readonly place: 'feed' | 'groups' | null
  readonly after: CasePosition | null
  readonly rowsMax: number
}

/** Whatever the queue shows of a case. Names are those of today where there still are any. */
// Columns by their names in text: a statement of one table would name them without it, and mean those of the inner one.
const caseColumns = {
  id: cases.id,
  subjectKind: cases.subjectKind,
  personId: cases.personId,
  personName: sql<string | null>`(select name from users where users.id = cases.person_id)`,
  mediaId: cases.mediaId,
  groupId: cases.groupId,
  state: cases.state,
  openedAt: cases.openedAt,
  lastReportedAt: cases.lastReportedAt,
  decidedAt: cases.decidedAt,
  decisionNote: cases.decisionNote,
  decidedByName: sql<string | null>`(select name from users where users.id = cases.decided_by)`,
  reportCount: sql<number>`(select count(*)::int from reports where case_id = cases.id)`,
  reasons: sql<ReportReason[]>`array(select distinct reason from reports where case_id = cases.id order by reason)`,
  snapshot: sql<Snapshot | null>`(select snapshot from reports where case_id = cases.id order by id desc limit 1)`,
  evidence: sql<EvidenceJson | null>`(
    select json_build_object('id', id, 'state', state, 'kind', kind, 'files', files) from evidence
    where case_id = cases.id order by id desc limit 1)`,
}

type EvidenceJson = {
  readonly id: string
  readonly state: EvidenceState
  readonly kind: MediaKind
  readonly files: readonly string[]
}

type QueueWish = Omit<CasesWish, 'place'> & { readonly isInGroup: boolean | null }

const casesQuery = declareQuery((db, wish: Slots<QueueWish>) => {
  const { isDecided, subjectKind, isInGroup, after } = wish
  const at = isDecided ? cases.decidedAt : cases.openedAt
  const position = after && sql`(${moment(after.atMs)}, ${uuid(after.id)})`
  return db
    .select(caseColumns)
    .from(cases)
    .where(
      and(
        isDecided ? sql`not (${isUndecided})` : isUndecided,
        isModerator(db, wish),
        subjectKind === null ? undefined : matches(cases.subjectKind, subjectKind),
        isInGroup === null ? undefined : isInGroup ? isNotNull(cases.groupId) : isNull(cases.groupId),
        position === null
          ? undefined
          : isDecided
            ? sql`(${at}, ${cases.id}) < ${position}`
            : sql`(${at}, ${cases.id}) > ${position}`,
      ),
    )
    .orderBy(...(isDecided ? [desc(at), desc(cases.id)] : [asc(at), asc(cases.id)]))
    .limit(wish.rowsMax)
})

/** A page of the queue. */
export async function findCases(db: EdgeDatabase, { place, ...wish }: CasesWish) {
  const queue = { ...wish, isInGroup: place === null ? null : place === 'groups' }
  const [session, data] = await readAs(db, wish.sessionId, [casesQuery(db, queue)])
  return { session, data } satisfies SessionRead<object[]>
}

/** How much of a person's history is shown. */
const historyMax = 20

type CaseWish = DeskWish & { readonly caseId: CaseId }

const personOf = (db: EdgeDatabase, { caseId }: Slots<CaseWish>) =>
  db.select({ id: cases.personId }).from(cases).where(matches(cases.id, caseId))

const caseQuery = declareQuery((db, wish: Slots<CaseWish>) =>
  db
    .select(caseColumns)
    .from(cases)
    .where(and(matches(cases.id, wish.caseId), isModerator(db, wish))),
)

const toldQuery = declareQuery((db, wish: Slots<CaseWish>) =>
  db
    .select({
      reporterId: reports.reporterId,
      reporterName: users.name,
      reason: reports.reason,
      note: reports.note,
      snapshot: reports.snapshot,
      createdAt: reports.createdAt,
    })
    .from(reports)
    .leftJoin(users, eq(users.id, reports.reporterId))
    .where(and(matches(reports.caseId, wish.caseId), isModerator(db, wish)))
    .orderBy(asc(reports.id))
    .limit(reportsShownMax),
)

const earlierQuery = declareQuery((db, wish: Slots<CaseWish>) =>
  db
    .select({
      id: cases.id,
      subjectKind: cases.subjectKind,
      state: cases.state,
      openedAt: cases.openedAt,
      decidedAt: cases.decidedAt,
      isSameSubject: sql<boolean>`cases.subject_id = (select one.subject_id from cases as one where one.id = ${uuid(wish.caseId)})`,
      reasons: caseColumns.reasons,
    })
    .from(cases)
    .where(
      and(
        sql`${cases.personId} = (${personOf(db, wish)})`,
        ne(cases.id, valueOf(cases.id, wish.caseId)),
        isModerator(db, wish),
      ),
    )
    .orderBy(desc(cases.openedAt))
    .limit(historyMax),
)

const warnedQuery = declareQuery((db, wish: Slots<CaseWish>) =>
  db
    .select({ reason: warnings.reason, at: warnings.warnedAt })
    .from(warnings)
    .where(and(sql`${warnings.userId} = (${personOf(db, wish)})`, isModerator(db, wish)))
    .orderBy(desc(warnings.warnedAt))
    .limit(historyMax),
)

const bannedQuery = declareQuery((db, wish: Slots<CaseWish>) =>
  db
    .select({ reason: bans.reason, at: bans.bannedAt, endsAt: bans.endsAt, liftedAt: bans.liftedAt })
    .from(bans)
    .where(and(sql`${bans.userId} = (${personOf(db, wish)})`, isModerator(db, wish)))
    .orderBy(desc(bans.bannedAt))
    .limit(historyMax),
)

/** One case with its reports, and what there was about the same person before: cases, warnings and bans. */
export async function findCase(db: EdgeDatabase, wish: CaseWish) {
  const [session, [one], said, earlier, warningRows, banRows] = await readAs(db, wish.sessionId, [
    caseQuery(db, wish),
    toldQuery(db, wish),
    earlierQuery(db, wish),
    warnedQuery(db, wish),
    bannedQuery(db, wish),
  ])
  const data =
    one === undefined
      ? null
      : { found: one, reports: said, history: { cases: earlier, warnings: warningRows, bans: banRows } }
  return { session, data } satisfies SessionRead<object | null>
}

/** Of one case; what many report alike needs no more to be judged. */
const reportsShownMax = 100

const undecidedQuery = declareQuery((db, wish: Slots<DeskWish>) =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(cases)
    .where(and(isUndecided, isModerator(db, wish))),
)

/** How many cases wait. */
export async function countUndecided(db: EdgeDatabase, wish: DeskWish): Promise<SessionRead<number>> {
  const [session, [counted]] = await readAs(db, wish.sessionId, [undecidedQuery(db, wish)])
  return { session, data: counted?.count ?? 0 }
}
