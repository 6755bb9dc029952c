import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { SignUpInput } from './account.schema.ts'
import { codeMail, makeNewCode, type BanNotice, type MakeNewCodeDeps, type NewCode } from './code-mail.ts'
import { judgeNewPassword, type JudgeNewPasswordDeps, type NewPasswordRefusal } from './judge-new-password.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

export type NewAttempt = NewCode & {
  readonly email: string
  readonly addressHash: string
  readonly name: string
  readonly passwordHash: string
  readonly termsVersion: string
}

export type SignUpDeps = JudgeNewPasswordDeps &
  PlanChargesDeps &
  MakeNewCodeDeps & {
    readonly hashPassword: (password: string) => Promise<string>
    readonly countCharges: (charges: readonly Charge[]) => Promise<readonly Charged[]>
    readonly hashAddress: (email: string) => Promise<string>
    /** Writes the attempt, as a decoy where the address has an account or is banned, and says which it was. */
    readonly writeAttempt: (attempt: NewAttempt) => Promise<{ isDecoy: boolean; ban: BanNotice | null }>
    readonly sendMail: (mail: MailMessage) => Promise<void>
  }

type SignUpRefusal = RateLimited | NewPasswordRefusal | { readonly code: 'terms_not_accepted' }

/**
 * Begins an account: the address gets a code, or a mail saying that it has an account already or is banned. All ways do the same
 * work (one hash, two trips, one mail) and give the same answer, so none tells whether the address is known.
 */
export async function signUp(
  deps: SignUpDeps,
  visitor: Visitor,
  { name, email, acceptedTerms, ...passwords }: SignUpInput,
): Promise<Result<{ verificationId: VerificationId; email: string }, SignUpRefusal>> {
  if (acceptedTerms !== termsVersion) return refuse({ code: 'terms_not_accepted' })
  const password = await judgeNewPassword(deps, email, passwords)
  if (!password.ok) return password

  const charges = await planCharges(deps, 'send-code', { address: email, network: visitor.network })
  const allowed = judgeCharges(charges, await deps.countCharges(charges), deps.nowMs())
  if (!allowed.ok) return allowed

  const [passwordHash, { code, stored }, addressHash] = await Promise.all([
    deps.hashPassword(password.value),
    makeNewCode(deps),
    deps.hashAddress(email),
  ])
  const written = await deps.writeAttempt({ ...stored, email, addressHash, name, passwordHash, termsVersion })
  await deps.sendMail(codeMail('sign-up', { email, name, ...written }, code))
  return accept({ verificationId: stored.id, email })
}
