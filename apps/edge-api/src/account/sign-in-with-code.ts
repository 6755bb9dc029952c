import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import type { User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { beginSession, type BeginSessionDeps, type Entered, type Entry } from './begin-session.ts'
import { judgeCode, prepareCode, type CodeInput, type CodeRefusal, type EnterCodeDeps } from './enter-code.ts'
import type { EnteredCode, Judged } from './enter-code.ts'

export type SignInWithCodeDeps = EnterCodeDeps &
  BeginSessionDeps & {
    readonly newUserId: () => UserId
    /** Spends the code and opens a session for the account that still has the address it was mailed to. */
    readonly enterWithCode: (entered: EnteredCode & Entry) => Promise<Judged<{ readonly outcome: 'opened' } & Entered>>
  }

/** Opens a session with a mailed code. */
export async function signInWithCode(
  deps: SignInWithCodeDeps,
  visitor: Visitor,
  input: CodeInput,
): Promise<Result<{ user: User }, CodeRefusal>> {
  const entered = await prepareCode(deps, visitor, input)
  // The library wants to know whose session it is; the statement does, and writes that.
  const { written, begin } = await beginSession(deps, visitor, deps.newUserId(), (entry) =>
    deps.enterWithCode({ ...entered, ...entry }),
  )
  const judged = judgeCode(entered, written)
  return judged.ok ? accept(begin(judged.value)) : judged
}
