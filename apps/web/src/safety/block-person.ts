// Blocking somebody and taking it back, with all that the page has in memory of them. The undo stands in the toast.
import type { UserId } from '@shoebox/shared/ids.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { showToast } from '../ui/toasts.tsx'
import { safetyWords } from '../words/safety-words.ts'
import { sentenceForError } from '../words/words.ts'
import { tellApart } from './apart.ts'

export type PersonNamed = { readonly id: UserId; readonly name: string }

/** Says itself how it went. True: they are blocked now. */
export async function blockPerson({ id, name }: PersonNamed): Promise<boolean> {
  const undo = { text: safetyWords.undo, run: () => void unblockPerson({ id, name }) }
  return await change(api.blocks.block.mutate({ userId: id }), id, true, () =>
    showToast(safetyWords.blocked(name), undo),
  )
}

export const unblockPerson = ({ id, name }: PersonNamed): Promise<boolean> =>
  change(api.blocks.unblock.mutate({ userId: id }), id, false, () => showToast(safetyWords.unblocked(name)))

async function change(work: Promise<unknown>, id: UserId, isApart: boolean, done: () => void): Promise<boolean> {
  try {
    await work
  } catch (error) {
    showToast(sentenceForError(error))
    return false
  }
  tellApart(id, isApart)
  // Members, covers, counts, details: whatever was asked before may have them in it, or be without them.
  queryClient.removeQueries({ type: 'inactive' })
  void queryClient.invalidateQueries()
  done()
  return true
}
