// Whether the desk is open to whoever is signed in. Its shell asks; whatever a part of it fails with comes by here, so
// that a code is asked for again once the last one is too long ago.
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { useQuery } from '../api/use-query.ts'
import { sentenceForError } from '../words/words.ts'

const key = ['desk.summary']

export const useDeskSummary = () =>
  useQuery<Outputs['desk']['summary']>(() => ({ ...api.desk.summary.options(), queryKey: key, staleTime: 0 }))

/** Counts anew what waits, after something was decided. */
export const renewDeskSummary = (): Promise<void> => queryClient.invalidateQueries({ queryKey: key })

/** The sentence for what a call from the desk failed with; the shell asks for a code where that is what it wants. */
export function sentenceForDesk(error: unknown): string {
  if (isRefusedWith(error, 'step_up_needed')) void renewDeskSummary()
  return sentenceForError(error)
}
