// A case as the desk shows it. Media is signed only as the evidence of a report: what lies under `e/<evidence>/`.
import {
  idFromUuid,
  type CaseId,
  type EvidenceId,
  type GroupId,
  type MediaId,
  type UserId,
} from '@shoebox/shared/ids.ts'
import type { Delivery } from '@shoebox/shared/media/derivatives.ts'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import type { CaseState, ReportReason, SubjectKind } from '@shoebox/shared/safety/reasons.ts'
import { playFile } from '@shoebox/shared/upload/object-keys.ts'
import type { ShownCase } from './desk.schema.ts'

export type CaseRow = {
  readonly id: CaseId
  readonly subjectKind: SubjectKind
  readonly personId: UserId
  readonly personName: string | null
  readonly mediaId: MediaId | null
  readonly groupId: GroupId | null
  readonly state: CaseState
  readonly openedAt: Date
  readonly lastReportedAt: Date
  readonly decidedAt: Date | null
  readonly decidedByName: string | null
  readonly decisionNote: string
  readonly reportCount: number
  readonly reasons: readonly ReportReason[]
  readonly snapshot: {
    readonly personName: string
    readonly groupName: string | null
    readonly text: string
    readonly altText: string
  } | null
  readonly evidence: {
    /** Bare, as Postgres writes it. */
    readonly id: string
    readonly state: 'wanted' | 'kept' | 'missing' | 'unwanted'
    readonly kind: MediaKind
    readonly files: readonly string[]
  } | null
}

export type SignEvidence = (evidenceId: EvidenceId) => Promise<Delivery>

export async function presentCase(sign: SignEvidence, row: CaseRow, viewerId: UserId): Promise<ShownCase> {
  const { snapshot } = row
  return {
    id: row.id,
    subjectKind: row.subjectKind,
    person: {
      id: row.personId,
      name: row.personName ?? snapshot?.personName ?? null,
      isGone: row.personName === null,
    },
    mediaId: row.mediaId,
    isInGroup: row.groupId !== null,
    groupName: snapshot?.groupName ?? null,
    text: snapshot?.text ?? '',
    altText: snapshot?.altText ?? '',
    state: row.state,
    openedAt: row.openedAt.toISOString(),
    lastReportedAt: row.lastReportedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedByName,
    decisionNote: row.decisionNote,
    reportCount: row.reportCount,
    reasons: [...row.reasons],
    isOwn: row.personId === viewerId,
    evidence: await presentEvidence(sign, row.evidence),
  }
}

async function presentEvidence(sign: SignEvidence, evidence: CaseRow['evidence']): Promise<ShownCase['evidence']> {
  if (evidence === null || evidence.state === 'missing' || evidence.state === 'unwanted') return null
  const hasPlay = evidence.files.includes(playFile)
  return {
    kind: evidence.kind,
    isWaiting: evidence.state === 'wanted',
    hasPicture: evidence.files.some((file) => file !== playFile),
    hasPlay,
    delivery: evidence.state === 'kept' ? await sign(idFromUuid('evidence', evidence.id)) : null,
  }
}
