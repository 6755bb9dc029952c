import type { MediaId } from '../feed/feed-item.ts'
import { showToast } from '../ui/toasts.tsx'
import { sentenceForError } from '../words/words.ts'
import type { Selection } from './selection.ts'

/** Does something with what is chosen, or with other items. What it answers was not reached, and stays chosen if it was. */
export async function runDeed(
  selection: Selection,
  ids: readonly MediaId[],
  deed: (ids: readonly MediaId[]) => Promise<readonly MediaId[] | void>,
): Promise<void> {
  const choose = selection.isOn() ? (left: readonly MediaId[]) => selection.set(left, true) : () => undefined
  selection.clear()
  try {
    const left = await deed(ids)
    if (left !== undefined && left.length > 0) choose(left)
  } catch (error) {
    choose(ids)
    showToast(sentenceForError(error))
  }
}
