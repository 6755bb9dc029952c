import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { ChangePasswordInput } from './account.schema.ts'
import { judgeNewPassword, type JudgeNewPasswordDeps, type NewPasswordRefusal } from './judge-new-password.ts'
import { makeUndo, type MakeUndoDeps, type NewUndo } from './make-undo.ts'
import { readOwnPassword, type OwnPasswordRefusal, type ReadOwnPasswordDeps } from './read-own-password.ts'

export type ChangePasswordDeps = JudgeNewPasswordDeps &
  ReadOwnPasswordDeps &
  MakeUndoDeps & {
    readonly hashPassword: (password: string) => Promise<string>
    /** Sets the password and ends the author's other sessions. False: password or session changed meanwhile. */
    readonly changePassword: (change: {
      readonly author: Author
      readonly seenHash: string
      readonly passwordHash: string
      readonly undo: NewUndo
      readonly nowMs: number
    }) => Promise<boolean>
    readonly mailAfterwards: (mail: MailMessage) => void
  }

/** Sets a new password for somebody who knows the present one. Their other sessions end. */
export async function changePassword(
  deps: ChangePasswordDeps,
  visitor: Visitor,
  input: ChangePasswordInput,
): Promise<Result<Record<never, never>, OwnPasswordRefusal | NewPasswordRefusal>> {
  const own = await readOwnPassword(deps, visitor, input.currentPassword)
  if (!own.ok) return own
  const { user, passwordHash: seenHash } = own.value
  const password = await judgeNewPassword(deps, user.email, input)
  if (!password.ok) return password
  const { undo, undoToken } = await makeUndo(deps)
  const passwordHash = await deps.hashPassword(password.value)
  const isChanged = await deps.changePassword({
    author: authorOf(user),
    seenHash,
    passwordHash,
    undo,
    nowMs: deps.nowMs(),
  })
  if (!isChanged) return refuse({ code: 'wrong_password' })
  deps.mailAfterwards({ version: 1, template: 'password-changed', to: user.email, name: user.name, undoToken })
  return accept({})
}
