import type { FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { saveOriginals } from '../gallery/save-originals.ts'
import { useGallery } from '../gallery/use-gallery.ts'
import { useShoebox } from '../compose.ts'
import { showToast } from '../ui/toasts.tsx'
import { sentenceForError } from '../words/words.ts'

/** Downloads one item, or says why not. */
export function saveItem(item: FeedItem): void {
  saveOriginals([item.id], nameItem(item)).catch((error: unknown) => showToast(sentenceForError(error)))
}

/** Whether whoever looks is given the file of a film or a sound: what plan-download.ts of the API decides. */
export function useMaySave(item: () => FeedItem): () => boolean {
  const { session } = useShoebox()
  const gallery = useGallery()
  const isMine = () => item().owner.id === session.user()?.id
  return () => !session.isVisitor() && (item().hasPlay || isMine() || gallery?.locationPolicy() === 'keep')
}
