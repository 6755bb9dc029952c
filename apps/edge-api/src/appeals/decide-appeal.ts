import type { AppealId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { AppealOutcome, AppealSubject } from '@shoebox/shared/safety/bans.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type Moderator } from '../sessions/signed-in.ts'
import type { DecideInput } from './appeals.schema.ts'

type Undecided = 'not_found' | 'appeal_decided' | 'own_decision'

export type DecideAppealDeps = SealDeps & {
  readonly nowMs: () => number
  readonly decideAppeal: (decision: {
    author: Author
    id: AppealId
    outcome: AppealOutcome
    answer: string
    audit: AuditEntry
    nowMs: number
  }) => Promise<
    | {
        readonly outcome: 'decided'
        readonly subject: AppealSubject
        readonly email: string | null
        readonly name: string
      }
    | { readonly outcome: Undecided }
  >
  readonly mailAfterwards: (mail: MailMessage) => void
}

/** Answers an appeal, does what was granted, and mails the answer. */
export async function decideAppeal(
  deps: DecideAppealDeps,
  by: Moderator,
  { appealId: id, outcome, answer }: DecideInput,
): Promise<Result<Record<never, never>, { code: Undecided }>> {
  const [author, nowMs] = [authorOf(by), deps.nowMs()]
  const action = outcome === 'granted' ? 'appeal.granted' : 'appeal.denied'
  const audit = await deps.sealEntry({
    chain: null,
    action,
    actorId: by.id,
    subject: { kind: 'appeal', id },
    atMs: nowMs,
  })
  const decided = await deps.decideAppeal({ author, id, outcome, answer, audit, nowMs })
  if (decided.outcome !== 'decided') return refuse({ code: decided.outcome })
  const { subject, email: to, name } = decided
  if (to !== null) deps.mailAfterwards({ version: 1, template: 'appeal-decided', to, name, subject, outcome, answer })
  return accept({})
}
