import { codeLifetimeSeconds } from '@shoebox/shared/account/codes.ts'
import { judgePassword } from '@shoebox/shared/account/password-policy.ts'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import type { RequestRefusal } from '@shoebox/shared/refusals.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { SignUpInput } from './account.schema.ts'
import { makeCode } from './make-code.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

export type NewAttempt = {
  readonly id: VerificationId
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly codeHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export type SignUpDeps = PlanChargesDeps & {
  readonly randomBytes: (length: number) => Uint8Array
  readonly newVerificationId: () => VerificationId
  readonly commonPasswords: ReadonlySet<string>
  readonly hashPassword: (password: string) => Promise<string>
  readonly hashCode: (verificationId: VerificationId, code: string) => Promise<string>
  readonly countCharges: (charges: readonly Charge[]) => Promise<readonly Charged[]>
  /** Writes the attempt, as a decoy where the address has an account, and says which it was. */
  readonly writeAttempt: (attempt: NewAttempt) => Promise<{ isDecoy: boolean }>
  readonly sendMail: (mail: MailMessage) => Promise<void>
}

type SignUpRefusal = RateLimited | { readonly code: Extract<RequestRefusal, 'passwords_differ' | `password_${string}`> }

/**
 * Begins an account: the address gets a code, or a mail saying that it has an account already. Both ways do the same
 * work (one hash, two trips, one mail) and give the same answer, so neither tells whether the address is known.
 */
export async function signUp(
  deps: SignUpDeps,
  visitor: Visitor,
  { name, email, password, confirmPassword }: SignUpInput,
): Promise<Result<{ verificationId: VerificationId; email: string }, SignUpRefusal>> {
  if (password !== confirmPassword) return refuse({ code: 'passwords_differ' })
  const judged = judgePassword(password, email, deps.commonPasswords)
  if (!judged.ok) return refuse({ code: judged.refusal })

  const charges = await planCharges(deps, 'send-code', { address: email, network: visitor.network })
  const allowed = judgeCharges(charges, await deps.countCharges(charges), deps.nowMs())
  if (!allowed.ok) return allowed

  const id = deps.newVerificationId()
  const code = makeCode(deps.randomBytes)
  const [passwordHash, codeHash] = await Promise.all([deps.hashPassword(password), deps.hashCode(id, code)])
  const createdAt = new Date(deps.nowMs())
  const expiresAt = new Date(createdAt.getTime() + codeLifetimeSeconds * 1000)
  const { isDecoy } = await deps.writeAttempt({ id, email, name, passwordHash, codeHash, createdAt, expiresAt })
  await deps.sendMail(signUpMail(isDecoy, { to: email, name, code }))
  return accept({ verificationId: id, email })
}

/** The mail of a sign-up attempt. */
export const signUpMail = (isDecoy: boolean, { to, name, code }: { to: string; name: string; code: string }) =>
  isDecoy
    ? ({ version: 1, template: 'already-signed-up', to, name } as const)
    : ({ version: 1, template: 'verify-sign-up', to, name, code } as const)
