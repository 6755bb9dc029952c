import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { codeMail, makeNewCode, type MakeNewCodeDeps, type NewCode, type WrittenCode } from './code-mail.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

export type RequestCodeDeps = PlanChargesDeps &
  MakeNewCodeDeps & {
    /** Counts the charges and, within them, writes the code, as a decoy where no account has the address. */
    readonly writeCodeForAddress: (
      code: NewCode & { readonly purpose: 'sign-in' | 'reset'; readonly email: string },
      charges: readonly Charge[],
    ) => Promise<{ readonly counted: readonly Charged[]; readonly written: WrittenCode | null }>
    readonly sendMail: (mail: MailMessage) => Promise<void>
  }

/**
 * Mails a code to sign in with or to set a new password with. An address without an account gets a mail that says so:
 * the same trips, one mail and the same answer, so nothing tells whether the address is known.
 */
export async function requestCode(
  deps: RequestCodeDeps,
  visitor: Visitor,
  { purpose, email }: { purpose: 'sign-in' | 'reset'; email: string },
): Promise<Result<{ verificationId: VerificationId; email: string }, RateLimited>> {
  const charges = await planCharges(deps, 'send-code', { address: email, network: visitor.network })
  const { code, stored } = await makeNewCode(deps)
  const { counted, written } = await deps.writeCodeForAddress({ ...stored, purpose, email }, charges)
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed
  if (written === null) throw new Error('a code within its limits was not written')
  await deps.sendMail(codeMail(purpose, written, code))
  return accept({ verificationId: stored.id, email })
}
