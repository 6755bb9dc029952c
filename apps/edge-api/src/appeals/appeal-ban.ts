import type { AppealId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { judgeCode, prepareCode, type CodeRefusal, type EnterCodeDeps } from '../account/enter-code.ts'
import type { EnteredCode, Judged } from '../account/enter-code.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { AppealBanInput } from './appeals.schema.ts'

export type AppealBanDeps = EnterCodeDeps & {
  readonly newAppealId: () => AppealId
  /** Spends the code and writes the appeal, unless there is one that waits. */
  readonly appealBan: (
    entered: EnteredCode & { readonly id: AppealId; readonly text: string },
  ) => Promise<Judged<{ readonly outcome: 'appealed' | 'open_already' }>>
}

/** Says that a ban was wrong, without a session: the code shows that the address is theirs. */
export async function appealBan(
  deps: AppealBanDeps,
  visitor: Visitor,
  input: AppealBanInput,
): Promise<Result<Record<never, never>, CodeRefusal | { code: 'appeal_open' }>> {
  const entered = await prepareCode(deps, visitor, input)
  const judged = judgeCode(entered, await deps.appealBan({ ...entered, id: deps.newAppealId(), text: input.text }))
  if (!judged.ok) return judged
  return judged.value.outcome === 'appealed' ? accept({}) : refuse({ code: 'appeal_open' })
}
