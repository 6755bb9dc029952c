import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { codeMail, makeNewCode, type MakeNewCodeDeps, type NewCode, type WrittenCode } from './code-mail.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

/** What anybody can ask a code for, whoever they are. */
export type MailedPurpose = 'sign-in' | 'reset' | 'appeal'

export type RequestCodeDeps = PlanChargesDeps &
  MakeNewCodeDeps & {
    readonly hashAddress: (email: string) => Promise<string>
    /**
     * Counts the charges and, within them, writes the code, as a decoy where no account has the address or it is banned;
     * an appeal's, where it is not.
     */
    readonly writeCodeForAddress: (
      code: NewCode & { readonly purpose: MailedPurpose; readonly email: string; readonly addressHash: string },
      charges: readonly Charge[],
    ) => Promise<{ readonly counted: readonly Charged[]; readonly written: WrittenCode | null }>
    readonly sendMail: (mail: MailMessage) => Promise<void>
  }

/**
 * Mails a code to sign in with, to set a new password with or to appeal against a ban with. An address without an account gets a mail that says so:
 * the same trips, one mail and the same answer, so nothing tells whether the address is known.
 */
export async function requestCode(
  deps: RequestCodeDeps,
  visitor: Visitor,
  { purpose, email }: { purpose: MailedPurpose; email: string },
): Promise<Result<{ verificationId: VerificationId; email: string }, RateLimited>> {
  const charges = await planCharges(deps, 'send-code', { address: email, network: visitor.network })
  const [{ code, stored }, addressHash] = await Promise.all([makeNewCode(deps), deps.hashAddress(email)])
  const { counted, written } = await deps.writeCodeForAddress({ ...stored, purpose, email, addressHash }, charges)
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed
  if (written === null) throw new Error('a code within its limits was not written')
  await deps.sendMail(codeMail(purpose, written, code))
  return accept({ verificationId: stored.id, email })
}
