import type { CaseId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import type { AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { Decision } from '@shoebox/shared/safety/reasons.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type Moderator } from '../sessions/signed-in.ts'
import type { DecideInput, DecideOutput } from './desk.schema.ts'

export type DecideCasesDeps = SealDeps & {
  readonly nowMs: () => number
  readonly decideCase: (decision: {
    author: Author
    caseId: CaseId
    decision: Decision
    note: string
    entries: { comment: AuditEntry; other: AuditEntry; known: AuditEntry }
    nowMs: number
  }) => Promise<DecideOutput['answers'][number]['outcome']>
}

const actions: Record<Decision, { readonly comment: AuditAction; readonly other: AuditAction }> = {
  dismiss: { comment: 'report.dismissed', other: 'report.dismissed' },
  quarantine: { comment: 'item.quarantined', other: 'item.quarantined' },
  restore: { comment: 'item.restored', other: 'item.restored' },
  remove: { comment: 'comment.removed', other: 'item.removed' },
}

/**
 * Decides some cases alike. Each is decided by itself, so that one which somebody else has just decided leaves the
 * others theirs; each answer says what came of it.
 */
export async function decideCases(
  deps: DecideCasesDeps,
  by: Moderator,
  { caseIds, decision, note }: DecideInput,
): Promise<Result<DecideOutput, never>> {
  const nowMs = deps.nowMs()
  const decide = async (caseId: CaseId) => {
    // Which item, only the statement knows.
    const seal = (action: AuditAction, kind: 'case' | 'known_bad' = 'case') => {
      const subject = { kind, id: kind === 'case' ? caseId : null }
      return deps.sealEntry({ chain: null, action, actorId: by.id, subject, atMs: nowMs })
    }
    const entries = {
      comment: await seal(actions[decision].comment),
      other: await seal(actions[decision].other),
      known: await seal('known_bad.added', 'known_bad'),
    }
    return { caseId, outcome: await deps.decideCase({ author: authorOf(by), caseId, decision, note, entries, nowMs }) }
  }
  return accept({ answers: await Promise.all([...new Set(caseIds)].map(decide)) })
}
