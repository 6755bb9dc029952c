import { codeLifetimeSeconds, type CodePurpose } from '@shoebox/shared/account/codes.ts'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { makeCode } from './make-code.ts'

export type MakeNewCodeDeps = {
  readonly nowMs: () => number
  readonly randomBytes: (length: number) => Uint8Array
  readonly newVerificationId: () => VerificationId
  readonly hashCode: (verificationId: VerificationId, code: string) => Promise<string>
}

/** A code as it is stored; only its hash is. */
export type NewCode = {
  readonly id: VerificationId
  readonly codeHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** What was written, for the mail: a decoy's says why there is no code. */
export type WrittenCode = { readonly name: string; readonly email: string; readonly isDecoy: boolean }

export async function makeNewCode(deps: MakeNewCodeDeps): Promise<{ code: string; stored: NewCode }> {
  const id = deps.newVerificationId()
  const code = makeCode(deps.randomBytes)
  const createdAt = new Date(deps.nowMs())
  const expiresAt = new Date(createdAt.getTime() + codeLifetimeSeconds * 1000)
  return { code, stored: { id, codeHash: await deps.hashCode(id, code), createdAt, expiresAt } }
}

const templates = {
  'sign-up': { code: 'verify-sign-up', decoy: 'already-signed-up' },
  'sign-in': { code: 'sign-in-code', decoy: 'no-account' },
  reset: { code: 'reset-code', decoy: 'no-account' },
  'change-address': { code: 'address-code', decoy: 'address-taken' },
  'step-up': { code: 'step-up-code', decoy: 'no-account' },
  appeal: { code: 'appeal-code', decoy: 'not-banned' },
} as const satisfies Record<CodePurpose, { code: string; decoy: string }>

/** The mail that brings a code, or says why there is none. Either way it is one mail. */
export function codeMail(purpose: CodePurpose, { email, name, isDecoy }: WrittenCode, code: string): MailMessage {
  const { code: template, decoy } = templates[purpose]
  if (!isDecoy) return { version: 1, template, to: email, name, code }
  // Whoever asked is not known to be who reads it: their name stays out, but for a sign-up, which has no other.
  return { version: 1, template: decoy, to: email, name: purpose === 'sign-up' ? name : '' }
}
