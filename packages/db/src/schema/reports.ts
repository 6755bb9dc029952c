// Reports, the cases they make, and what is kept to judge them by. Nothing here has a foreign key to what it is about:
// the account, the group, the item and the comment may all be gone, and the case still says what was reported, what it
// looked like and what became of it.
import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, smallint, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import {
  caseStates,
  reportReasons,
  subjectKinds,
  undecidedStates,
  type CaseState,
  type ReportReason,
  type SubjectKind,
} from '@shoebox/shared/safety/reasons.ts'
import { idColumn, momentColumn, quote } from './columns.ts'
import type { MediaListing } from './media.ts'

const isUndecided = sql.raw(`state in (${quote(undecidedStates)})`)

/** All reports of one subject until it is decided. Reported again after that, it is another case. */
export const cases = pgTable(
  'cases',
  {
    id: idColumn('case', 'id').primaryKey(),
    subjectKind: text('subject_kind').$type<SubjectKind>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Whose it is: the item's owner, the comment's author, or the person. */
    personId: idColumn('user', 'person_id').notNull(),
    /** The item, or the one that the comment stands under. */
    mediaId: idColumn('media', 'media_id'),
    /** Where it was seen. Null: in public. */
    groupId: idColumn('group', 'group_id'),
    state: text('state').$type<CaseState>().notNull().default('open'),
    /** Where a quarantined item goes when it is restored. */
    listingBefore: text('listing_before').$type<MediaListing>(),
    openedAt: momentColumn('opened_at').notNull(),
    lastReportedAt: momentColumn('last_reported_at').notNull(),
    /** Who touched it last, when, and what they noted for other moderators. */
    decidedBy: idColumn('user', 'decided_by'),
    decidedAt: momentColumn('decided_at'),
    decisionNote: text('decision_note').notNull().default(''),
    /** When what it looked like was forgotten; that it was decided, and how, stays. */
    forgottenAt: momentColumn('forgotten_at'),
  },
  (table) => [
    // One at a time for each subject; with the reporter in `reports` that is one open report of each.
    uniqueIndex('cases_one_undecided').on(table.subjectKind, table.subjectId).where(isUndecided),
    index('cases_undecided').on(table.openedAt, table.id).where(isUndecided),
    index('cases_decided')
      .on(table.decidedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`not (${isUndecided})`),
    index('cases_of_person').on(table.personId, table.openedAt.desc().nullsFirst()),
    index('cases_to_forget')
      .on(table.decidedAt)
      .where(sql`forgotten_at is null and not (${isUndecided})`),
    check('cases_subject_kind', sql.raw(`subject_kind in (${quote(subjectKinds)})`)),
    check('cases_state', sql.raw(`state in (${quote(caseStates)})`)),
    check('cases_decided_at', sql`${isUndecided} or decided_at is not null`),
  ],
)

/** What a reporter saw, in words: names and texts as they were then. */
export type Snapshot = {
  readonly personName: string
  readonly groupName: string | null
  /** The caption, or what the comment said. */
  readonly text: string
  readonly altText: string
  readonly kind: MediaKind | null
}

export const reports = pgTable(
  'reports',
  {
    id: idColumn('report', 'id').primaryKey(),
    caseId: idColumn('case', 'case_id')
      .notNull()
      .references(() => cases.id),
    reporterId: idColumn('user', 'reporter_id').notNull(),
    reason: text('reason').$type<ReportReason>().notNull(),
    note: text('note').notNull(),
    /** Null once it was forgotten, as is the note then. */
    snapshot: jsonb('snapshot').$type<Snapshot>(),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    unique('reports_one_of_each').on(table.caseId, table.reporterId),
    index('reports_reporter_id').on(table.reporterId),
    check('reports_reason', sql.raw(`reason in (${quote(reportReasons)})`)),
  ],
)

/**
 * `wanted`: its objects are still those of the item, which the purge may not take before it has copied them. `kept`:
 * copied. `missing`: there was nothing to copy. `unwanted`: its copies are to go.
 */
export const evidenceStates = ['wanted', 'kept', 'missing', 'unwanted'] as const
export type EvidenceState = (typeof evidenceStates)[number]

/** What was shown of a reported item, or of a person's picture, copied to a place of its own that nothing else empties. */
export const evidence = pgTable(
  'evidence',
  {
    id: idColumn('evidence', 'id').primaryKey(),
    caseId: idColumn('case', 'case_id')
      .notNull()
      .references(() => cases.id),
    mediaId: idColumn('media', 'media_id').notNull(),
    generation: text('generation').notNull(),
    kind: text('kind').$type<MediaKind>().notNull(),
    /** Names below the item's folder: a picture, and what is played. */
    files: text('files').array().notNull(),
    state: text('state').$type<EvidenceState>().notNull().default('wanted'),
    createdAt: momentColumn('created_at').notNull(),
    attempts: smallint('attempts').notNull().default(0),
    nextTryAt: momentColumn('next_try_at').notNull(),
    keptAt: momentColumn('kept_at'),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    unique('evidence_one_of_each').on(table.caseId, table.mediaId, table.generation),
    // Asked before anything of an item is deleted.
    index('evidence_wanted')
      .on(table.mediaId)
      .where(sql`state = 'wanted'`),
    index('evidence_due')
      .on(table.nextTryAt)
      .where(sql`state in ('wanted', 'unwanted')`),
    check('evidence_state', sql.raw(`state in (${quote(evidenceStates)})`)),
  ],
)
