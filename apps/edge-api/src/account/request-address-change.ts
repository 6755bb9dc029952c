import type { VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { RequestAddressChangeInput } from './account.schema.ts'
import { codeMail, makeNewCode, type MakeNewCodeDeps, type NewCode, type WrittenCode } from './code-mail.ts'
import { planCharges } from './rate-limits.ts'
import { readOwnPassword, type OwnPasswordRefusal, type ReadOwnPasswordDeps } from './read-own-password.ts'

export type RequestAddressChangeDeps = ReadOwnPasswordDeps &
  MakeNewCodeDeps & {
    /** Writes the code for the author's session, as a decoy where the address is taken or banned. Null: something changed. */
    readonly writeAddressCode: (
      code: NewCode & {
        readonly author: Author
        readonly email: string
        readonly addressHash: string
        readonly passwordHash: string
        readonly nowMs: number
      },
    ) => Promise<WrittenCode | null>
    readonly hashAddress: (email: string) => Promise<string>
    readonly sendMail: (mail: MailMessage) => Promise<void>
  }

/**
 * Mails a code to the address that somebody wants to have instead of their present one. An address that is taken or
 * banned gets a mail saying so; the answer is the same.
 */
export async function requestAddressChange(
  deps: RequestAddressChangeDeps,
  visitor: Visitor,
  { email, password }: RequestAddressChangeInput,
): Promise<Result<{ verificationId: VerificationId; email: string }, OwnPasswordRefusal>> {
  const sending = await planCharges(deps, 'send-code', { address: email, network: visitor.network })
  const own = await readOwnPassword(deps, visitor, password, sending)
  if (!own.ok) return own
  const { user, passwordHash } = own.value
  const [{ code, stored }, addressHash] = await Promise.all([makeNewCode(deps), deps.hashAddress(email)])
  const wish = { ...stored, author: authorOf(user), email, addressHash, passwordHash, nowMs: deps.nowMs() }
  const written = await deps.writeAddressCode(wish)
  if (written === null) return refuse({ code: 'wrong_password' })
  await deps.sendMail(codeMail('change-address', written, code))
  return accept({ verificationId: stored.id, email })
}
