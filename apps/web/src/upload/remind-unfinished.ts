// A page that died in the middle of a large file: the next one says so, once, with how much of it is there. The browser
// has forgotten the file itself, so its person has to choose it again.
import { watchedMaxPerCall } from '@shoebox/shared/upload/policy.ts'
import { isRefusedWith } from '../api/refusal.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { ListParts } from '../my-uploads/arrived-parts.ts'
import { uploadWords } from '../words/upload-words.ts'
import { words } from '../words/words.ts'
import type { KeptFile } from './kept-files.ts'
import { arrivedBytesOf, fingerprintOf, type JournalEntry, type UploadJournal } from './upload-journal.ts'
import type { WatchDeps } from './watch-loop.ts'

export type ReminderDeps = Pick<WatchDeps, 'watch' | 'waitForEyes'> & {
  readonly journal: Pick<UploadJournal, 'list' | 'markTold' | 'remove'>
  readonly listParts: ListParts
  /** What goes on by itself. */
  readonly listKept: () => Promise<readonly Pick<KeptFile, 'file' | 'destination'>[]>
  readonly findLivingPages: () => Promise<(page: string) => boolean>
  readonly tell: (sentence: string) => void
}

export async function remindUnfinished(deps: ReminderDeps): Promise<void> {
  await deps.waitForEyes()
  const lives = await deps.findLivingPages()
  const entries = (await deps.journal.list()).filter(({ page }) => !lives(page)).slice(0, watchedMaxPerCall)
  if (entries.length === 0) return
  // What another person left here is not answered, and is told to nobody else.
  const answers = await deps.watch(entries.map(({ mediaId }) => mediaId))
  const open = new Set<MediaId>()
  for (const { mediaId, state } of answers) {
    if (state === 'reserved') open.add(mediaId)
    else await deps.journal.remove(mediaId)
  }
  const kept = new Set((await deps.listKept()).map(({ file, destination }) => fingerprintOf(file, destination)))
  const untold = entries.filter(
    ({ mediaId, isTold, fingerprint }) => open.has(mediaId) && !isTold && !kept.has(fingerprint),
  )
  const marked: JournalEntry[] = []
  for (const entry of untold)
    if ((await isUnfinished(deps, entry.mediaId)) && (await deps.journal.markTold(entry))) marked.push(entry)
  if (marked.length > 0) deps.tell(describe(marked))
}

/** What has arrived whole is being inspected. Where nobody can say, a later page finds out. */
const isUnfinished = ({ listParts }: ReminderDeps, mediaId: MediaId): Promise<boolean> =>
  listParts(mediaId).then(
    ({ isReceived }) => !isReceived,
    (error: unknown) => isRefusedWith(error, 'upload_not_open'),
  )

function describe(found: readonly JournalEntry[]): string {
  const { size } = words.units
  const [entry] = found
  if (entry === undefined || found.length > 1) return uploadWords.unfinishedCount(found.length)
  return uploadWords.unfinished(entry.fileName, size(arrivedBytesOf(entry)), size(entry.fileBytes))
}
