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

/** What somebody who is banned is told of it. */
export type BanNotice = {
  readonly reason: string
  /** As Postgres writes it in JSON. Null: until it is lifted. */
  readonly endsAt: string | null
}

/** What was written, for the mail: a decoy's says why there is no code. */
export type WrittenCode = {
  readonly name: string
  readonly email: string
  readonly isDecoy: boolean
  /** The ban that speaks against it. */
  readonly ban: BanNotice | null
}

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

/** @param isNew whether the ban was pronounced just now */
export const banMail = (
  { email, name }: Pick<WrittenCode, 'email' | 'name'>,
  { reason, endsAt }: BanNotice,
  isNew: boolean,
): MailMessage => ({
  version: 1,
  template: 'banned',
  to: email,
  name,
  reason,
  endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
  isNew,
})

/** The mail that brings a code, or says why there is none. Either way it is one mail. */
export function codeMail(purpose: CodePurpose, { email, name, isDecoy, ban }: WrittenCode, code: string): MailMessage {
  // The screen says the same as ever: only whoever reads the address's mail learns that it is banned.
  if (ban !== null && purpose !== 'appeal') return banMail({ email, name: '' }, ban, false)
  const { code: template, decoy } = templates[purpose]
  if (!isDecoy) return { version: 1, template, to: email, name, code }
  // Whoever asked is not known to be who reads it: their name stays out, but for a sign-up, which has no other.
  return { version: 1, template: decoy, to: email, name: purpose === 'sign-up' ? name : '' }
}
