import type { VerificationId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { ResetInput } from './account.schema.ts'
import { beginSession, type BeginSessionDeps, type Entered, type Entry } from './begin-session.ts'
import { judgeCode, prepareCode, type CodeRefusal, type EnterCodeDeps } from './enter-code.ts'
import type { EnteredCode, Judged } from './enter-code.ts'
import { judgeNewPassword, type JudgeNewPasswordDeps, type NewPasswordRefusal } from './judge-new-password.ts'
import { makeUndo, type MakeUndoDeps, type NewUndo } from './make-undo.ts'
import { judgeCharges, planCharges, type Charge, type Charged } from './rate-limits.ts'
import type { OpenAttempt } from './resend-code.ts'

export type ResetPasswordDeps = JudgeNewPasswordDeps &
  EnterCodeDeps &
  BeginSessionDeps &
  MakeUndoDeps & {
    readonly newUserId: () => User['id']
    readonly findAttempt: (
      verificationId: VerificationId,
      charges: readonly Charge[],
    ) => Promise<{ readonly counted: readonly Charged[]; readonly attempt: OpenAttempt | null }>
    readonly hashPassword: (password: string) => Promise<string>
    /** Spends the code, sets the password, ends every session there was and opens one. */
    readonly resetPassword: (
      entered: EnteredCode & Entry & { readonly passwordHash: string; readonly undo: NewUndo },
    ) => Promise<Judged<{ readonly outcome: 'opened' } & Entered>>
  }

/** Sets a new password with a mailed code. Whoever was signed in is not any more; whoever did this is. */
export async function resetPassword(
  deps: ResetPasswordDeps,
  visitor: Visitor,
  input: ResetInput,
): Promise<Result<{ user: User }, CodeRefusal | NewPasswordRefusal>> {
  const charges = await planCharges(deps, 'find-code', { network: visitor.network })
  const { counted, attempt } = await deps.findAttempt(input.verificationId, charges)
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed
  if (attempt === null || attempt.purpose !== 'reset') return refuse({ code: 'not_found' })
  // Judged before the code is entered: a password that cannot be spends no attempt.
  const password = await judgeNewPassword(deps, attempt.email, input)
  if (!password.ok) return password

  const [entered, passwordHash, { undo, undoToken }] = await Promise.all([
    prepareCode(deps, visitor, input),
    deps.hashPassword(password.value),
    makeUndo(deps),
  ])
  const { written, begin } = await beginSession(deps, visitor, deps.newUserId(), (entry) =>
    deps.resetPassword({ ...entered, ...entry, passwordHash, undo }),
  )
  const judged = judgeCode(entered, written)
  if (!judged.ok) return judged
  const { name, email } = judged.value.user
  deps.mailAfterwards({ version: 1, template: 'password-changed', to: email, name, undoToken })
  return accept(begin(judged.value))
}
