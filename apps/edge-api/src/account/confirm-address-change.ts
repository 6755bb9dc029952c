import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { judgeCode, prepareCode, type CodeInput, type CodeRefusal, type EnterCodeDeps } from './enter-code.ts'
import type { EnteredCode, Judged } from './enter-code.ts'
import { makeUndo, type MakeUndoDeps, type NewUndo } from './make-undo.ts'

export type ConfirmAddressChangeDeps = EnterCodeDeps &
  MakeUndoDeps & {
    /** Spends the code and gives the account the address it was mailed to, or neither. */
    readonly changeAddress: (
      change: EnteredCode & { readonly author: Author; readonly undo: NewUndo },
    ) => Promise<Judged<{ outcome: 'changed'; name: string; email: string; oldEmail: string }>>
    readonly mailAfterwards: (mail: MailMessage) => void
  }

/** Enters the code that was mailed to the new address. The old one is told, with a way back. */
export async function confirmAddressChange(
  deps: ConfirmAddressChangeDeps,
  visitor: Visitor,
  user: EmailVerified<User>,
  input: CodeInput,
): Promise<Result<{ user: User }, CodeRefusal>> {
  const entered = await prepareCode(deps, visitor, input)
  const { undo, undoToken } = await makeUndo(deps)
  const judged = judgeCode(entered, await deps.changeAddress({ ...entered, author: authorOf(user), undo }))
  if (!judged.ok) return judged
  const { name, email, oldEmail } = judged.value
  deps.mailAfterwards({ version: 1, template: 'address-changed', to: oldEmail, name, undoToken })
  return accept({ user: { id: user.id, name, email } })
}
