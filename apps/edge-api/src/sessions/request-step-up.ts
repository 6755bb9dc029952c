import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { codeMail, makeNewCode, type MakeNewCodeDeps, type NewCode, type WrittenCode } from '../account/code-mail.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from '../account/rate-limits.ts'
import type { RateLimited } from '../account/rate-limits.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { authorOf, type Author, type EmailVerified, type User } from './signed-in.ts'

export type RequestStepUpDeps = PlanChargesDeps &
  MakeNewCodeDeps & {
    /** Writes a code that only the author's session can use. Null: over a limit, or the session ended meanwhile. */
    readonly writeStepUpCode: (
      code: NewCode & { readonly author: Author; readonly nowMs: number },
      charges: readonly Charge[],
    ) => Promise<{ readonly counted: readonly Charged[]; readonly written: WrittenCode | null }>
    readonly sendMail: (mail: MailMessage) => Promise<void>
  }

/** Mails somebody who is signed in a code, for what a session alone does not allow. */
export async function requestStepUp(
  deps: RequestStepUpDeps,
  visitor: Visitor,
  user: EmailVerified<User>,
): Promise<Result<{ verificationId: VerificationId; email: string }, RateLimited | { code: 'sign_in_needed' }>> {
  const charges = await planCharges(deps, 'send-code', { address: user.email, network: visitor.network })
  const { code, stored } = await makeNewCode(deps)
  const wish = { ...stored, author: authorOf(user), nowMs: deps.nowMs() }
  const { counted, written } = await deps.writeStepUpCode(wish, charges)
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed
  if (written === null) return refuse({ code: 'sign_in_needed' })
  await deps.sendMail(codeMail('step-up', written, code))
  return accept({ verificationId: stored.id, email: written.email })
}
