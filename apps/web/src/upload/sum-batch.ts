// What must be known of files before they can be declared: the sum of each that goes in one PUT.
import { UnreadableFile, type HashFile } from './hash-file.ts'
import { isActive, isLarge, type UploadItem } from './upload-item.ts'
import type { UploadList } from './upload-list.ts'

export type Declared = { readonly key: number; readonly sha256?: string }

/** How much of a file is read for this. */
export const bytesToSum = (item: UploadItem): number => (isLarge(item) ? 0 : item.file.size)

/** The files of a batch that are still wanted and have no reservation, in order. */
export async function sumBatch(
  deps: { readonly hash: HashFile },
  list: UploadList,
  keys: readonly number[],
): Promise<Declared[]> {
  const declared: Declared[] = []
  for (const key of keys) {
    const item = list.get(key)
    if (item === undefined || item.mediaId !== null || !isActive(item.state)) continue
    list.apply(key, { type: 'check' })
    try {
      // A large file is summed part by part while it is sent.
      declared.push(isLarge(item) ? { key } : { key, sha256: await deps.hash(item.file) })
    } catch (error) {
      list.apply(key, { type: 'fail', trouble: error instanceof UnreadableFile ? 'unreadable' : 'network' })
    }
  }
  return declared.filter(({ key }) => isActive(list.get(key)?.state ?? 'cancelled'))
}
