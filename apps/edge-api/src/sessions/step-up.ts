import { stepUpSeconds } from '@shoebox/shared/account/codes.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { judgeCode, prepareCode, type CodeInput, type CodeRefusal, type EnterCodeDeps } from '../account/enter-code.ts'
import type { EnteredCode, Judged } from '../account/enter-code.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { authorOf, type Author, type EmailVerified, type User } from './signed-in.ts'

export type StepUpDeps = EnterCodeDeps & {
  /** Spends the code and notes in its session until when that counts. */
  readonly stepUp: (
    wish: EnteredCode & { readonly author: Author; readonly steppedUpUntil: Date },
  ) => Promise<Judged<{ readonly outcome: 'stepped-up' }>>
}

/** Enters the code of a step-up: for some minutes this session may do more. */
export async function stepUp(
  deps: StepUpDeps,
  visitor: Visitor,
  user: EmailVerified<User>,
  input: CodeInput,
): Promise<Result<{ until: string }, CodeRefusal>> {
  const entered = await prepareCode(deps, visitor, input)
  const steppedUpUntil = new Date(entered.nowMs + stepUpSeconds * 1000)
  const judged = judgeCode(entered, await deps.stepUp({ ...entered, author: authorOf(user), steppedUpUntil }))
  return judged.ok ? accept({ until: steppedUpUntil.toISOString() }) : judged
}
