import { codeLifetimeSeconds, type CodePurpose } from '@shoebox/shared/account/codes.ts'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { codeMail, type BanNotice } from './code-mail.ts'
import { makeCode } from './make-code.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

/** How long after it began an attempt may get new codes. */
export const attemptLifetimeSeconds = 24 * 3600

export type OpenAttempt = {
  readonly purpose: CodePurpose
  readonly email: string
  readonly name: string
  readonly isDecoy: boolean
  readonly isConsumed: boolean
  readonly createdAt: Date
  /** What speaks against it by now. */
  readonly ban: BanNotice | null
}

export type ResendCodeDeps = PlanChargesDeps & {
  readonly randomBytes: (length: number) => Uint8Array
  readonly hashCode: (verificationId: VerificationId, code: string) => Promise<string>
  /** Counts the charges and reads the attempt, in one trip. */
  readonly findAttempt: (
    verificationId: VerificationId,
    charges: readonly Charge[],
  ) => Promise<{ readonly counted: readonly Charged[]; readonly attempt: OpenAttempt | null }>
  /** Counts the charges and, within them, puts the new code in place of the old one. False: it was used meanwhile. */
  readonly renewCode: (wish: {
    verificationId: VerificationId
    codeHash: string
    expiresAt: Date
    charges: readonly Charge[]
  }) => Promise<{ readonly counted: readonly Charged[]; readonly isRenewed: boolean }>
  readonly sendMail: (mail: MailMessage) => Promise<void>
}

type ResendRefusal = RateLimited | { readonly code: 'code_spent' | 'not_found' }

/** Sends a new code for an attempt; the old one is worth nothing from then on. */
export async function resendCode(
  deps: ResendCodeDeps,
  visitor: Visitor,
  verificationId: VerificationId,
): Promise<Result<Record<never, never>, ResendRefusal>> {
  const byNetwork = await planCharges(deps, 'send-code', { network: visitor.network })
  const { counted, attempt } = await deps.findAttempt(verificationId, byNetwork)
  const fromNetwork = judgeCharges(byNetwork, counted, deps.nowMs())
  if (!fromNetwork.ok) return fromNetwork
  if (attempt === null) return refuse({ code: 'not_found' })
  const isOver = deps.nowMs() - attempt.createdAt.getTime() > attemptLifetimeSeconds * 1000
  if (attempt.isConsumed || isOver) return refuse({ code: 'code_spent' })

  const code = makeCode(deps.randomBytes)
  const charges = await planCharges(deps, 'send-code', { address: attempt.email })
  const expiresAt = new Date(deps.nowMs() + codeLifetimeSeconds * 1000)
  const codeHash = await deps.hashCode(verificationId, code)
  const renewed = await deps.renewCode({ verificationId, codeHash, expiresAt, charges })
  const toAddress = judgeCharges(charges, renewed.counted, deps.nowMs())
  if (!toAddress.ok) return toAddress
  if (!renewed.isRenewed) return refuse({ code: 'code_spent' })
  await deps.sendMail(codeMail(attempt.purpose, attempt, code))
  return accept({})
}
