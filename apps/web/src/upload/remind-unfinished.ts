// A page that died in the middle of a large file: the next one says so, once, with how much of it is there. The browser
// has forgotten the file itself, so its person has to choose it again.
import { watchedMaxPerCall } from '@shoebox/shared/upload/policy.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { uploadWords } from '../words/upload-words.ts'
import { words } from '../words/words.ts'
import { arrivedBytesOf, type JournalEntry, type UploadJournal } from './upload-journal.ts'
import type { WatchDeps } from './watch-loop.ts'

export type ReminderDeps = Pick<WatchDeps, 'watch'> & {
  readonly journal: Pick<UploadJournal, 'list' | 'markTold' | 'remove'>
  readonly findLivingPages: () => Promise<(page: string) => boolean>
  readonly tell: (sentence: string) => void
}

export async function remindUnfinished(deps: ReminderDeps): Promise<void> {
  const lives = await deps.findLivingPages()
  const entries = (await deps.journal.list())
    .filter((entry) => mayBeUnfinished(entry) && !lives(entry.page))
    .slice(0, watchedMaxPerCall)
  if (entries.length === 0) return
  // What another person left here is not answered, and is told to nobody else.
  const answers = await deps.watch(entries.map(({ mediaId }) => mediaId))
  const open = new Set<MediaId>()
  for (const { mediaId, state } of answers) {
    if (state === 'reserved') open.add(mediaId)
    else await deps.journal.remove(mediaId)
  }
  const found = entries.filter(({ mediaId }) => open.has(mediaId))
  if (found.length === 0) return
  deps.tell(describe(found))
  for (const entry of found) await deps.journal.markTold(entry)
}

function describe(found: readonly JournalEntry[]): string {
  const { size } = words.units
  const [entry] = found
  if (entry === undefined || found.length > 1) return uploadWords.unfinishedCount(found.length)
  return uploadWords.unfinished(entry.fileName, size(arrivedBytesOf(entry)), size(entry.fileBytes))
}

/** Where all parts are there, it is being inspected. */
const mayBeUnfinished = (entry: JournalEntry): boolean => !entry.isTold && arrivedBytesOf(entry) < entry.fileBytes
