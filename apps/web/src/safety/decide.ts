// Deciding cases, and saying what came of each.
import type { Decision } from '@shoebox/shared/safety/reasons.ts'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { showToast } from '../ui/toasts.tsx'
import { deskWords } from '../words/desk-words.ts'
import { renewDeskSummary, sentenceForDesk } from './desk-access.ts'

export type Case = Outputs['desk']['cases']['cases'][number]
export type CaseId = Case['id']

/** What can be decided of a case as it stands. */
export function decisionsFor({ subjectKind, state, isOwn, evidence }: Case): readonly Decision[] {
  if (isOwn || (state !== 'open' && state !== 'quarantined')) return []
  if (state === 'quarantined') return ['restore', 'remove']
  if (subjectKind === 'item') return ['dismiss', 'quarantine', 'remove']
  // Of a person that is their picture, which may have been another by the time.
  return subjectKind === 'comment' || evidence !== null ? ['dismiss', 'remove'] : ['dismiss']
}

export const renewCases = (): void => {
  void queryClient.invalidateQueries({ queryKey: ['desk.cases'] })
  void queryClient.invalidateQueries({ queryKey: ['desk.case'] })
  void renewDeskSummary()
}

/** Says itself how it went. True: at least one was decided. */
export async function decideCases(caseIds: readonly CaseId[], decision: Decision, note: string): Promise<boolean> {
  try {
    const { answers } = await api.desk.decide.mutate({ caseIds: [...caseIds], decision, note })
    const count = (outcome: (typeof answers)[number]['outcome']) =>
      answers.filter((answer) => answer.outcome === outcome).length
    const [decided, late, impossible] = [count('decided'), count('already_decided'), count('not_possible')]
    showToast(
      [
        decided > 0 ? deskWords.done[decision](decided) : '',
        late > 0 ? deskWords.alreadyDecided(late) : '',
        impossible > 0 ? deskWords.notPossible(impossible) : '',
        count('not_found') > 0 ? deskWords.gone : '',
      ]
        .filter((text) => text !== '')
        .join(' '),
    )
    renewCases()
    return decided > 0
  } catch (error) {
    showToast(sentenceForDesk(error))
    return false
  }
}
