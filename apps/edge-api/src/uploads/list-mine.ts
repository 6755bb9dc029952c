import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { PresentItemDeps } from '../feed/present-item.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { MineInput, MineOutput } from './uploads.schema.ts'
import { presentUpload, type WatchedRow } from './watch-uploads.ts'

export type HistoryRow = WatchedRow & {
  readonly fileName: string
  readonly declaredBytes: number
  readonly createdAt: Date
  readonly settledAt: Date | null
  readonly groupId: GroupId | null
  /** Null also to somebody who is no member any more. */
  readonly groupName: string | null
}

export type ListMineDeps = PresentItemDeps & {
  /** Checks the session and reads its user's uploads after one of them in one trip; null when nobody is signed in. */
  readonly readHistory: (after: MediaId | null, rowsMax: number) => Promise<CheckedRead<readonly HistoryRow[]> | null>
}

/** Everything the signed-in person ever uploaded, newest first, with what became of it. */
export async function listMine(
  deps: ListMineDeps,
  { cursor, size }: MineInput,
): Promise<Result<MineOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readHistory(cursor ?? null, size + 1)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const page = read.data.slice(0, size)
  const items = page.map(async (row) => ({
    ...(await presentUpload(deps, row)),
    fileName: row.fileName,
    declaredBytes: row.declaredBytes,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    group: row.groupId === null ? null : { id: row.groupId, name: row.groupName },
  }))
  const isMore = read.data.length > size
  return accept({ items: await Promise.all(items), nextCursor: isMore ? (page.at(-1)?.id ?? null) : null })
}
