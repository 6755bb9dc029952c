import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import type { User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { beginSession, type BeginSessionDeps, type Entered, type Entry } from './begin-session.ts'
import { judgeCode, prepareCode, type CodeInput, type CodeRefusal, type EnterCodeDeps } from './enter-code.ts'
import type { EnteredCode, Judged } from './enter-code.ts'

export type VerifySignUpDeps = EnterCodeDeps &
  BeginSessionDeps & {
    readonly newUserId: () => UserId
    /** Counts the attempt and, if the code is right, makes account and session: all in one statement, or nothing. */
    readonly enterWithSignUpCode: (
      entered: EnteredCode & Entry & { readonly userId: UserId },
    ) => Promise<Judged<{ readonly outcome: 'opened' } & Entered>>
  }

/** Enters the code of a sign-up: the account begins here, signed in. */
export async function verifySignUp(
  deps: VerifySignUpDeps,
  visitor: Visitor,
  input: CodeInput,
): Promise<Result<{ user: User }, CodeRefusal>> {
  const userId = deps.newUserId()
  const entered = await prepareCode(deps, visitor, input)
  const { written, begin } = await beginSession(deps, visitor, userId, (entry) =>
    deps.enterWithSignUpCode({ ...entered, ...entry, userId }),
  )
  const judged = judgeCode(entered, written)
  return judged.ok ? accept(begin(judged.value)) : judged
}
