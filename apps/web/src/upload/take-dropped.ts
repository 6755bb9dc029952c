// The files of a drop. Its entries must be asked for at once: after the event they are gone.
import { withWords } from '../words/translation.ts'
import type { Dropped } from './walk-folders.ts'

/** Rejects where there are folders, and what walks through them cannot be loaded. */
export async function takeDropped(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
  if (!entries.some((entry) => entry?.isDirectory)) return { files: [...transfer.files], unreadable: 0 }
  const { walkFolders } = await withWords(import('./walk-folders.ts'))
  return walkFolders(entries.filter((entry) => entry !== null))
}
