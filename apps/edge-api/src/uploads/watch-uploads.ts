import type { MediaId } from '@shoebox/shared/ids.ts'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from '../feed/present-item.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { WatchOutput } from './uploads.schema.ts'

export type WatchedRow = {
  readonly id: MediaId
  readonly state: StoredState
  readonly refusalReason: InspectionRefusal | null
  readonly duplicateOf: MediaId | null
  readonly declaredType: string
  readonly detectedType: string | null
  /** What the feed shows of it, once it is ready. */
  readonly ready: FeedRow | null
}

export type WatchUploadsDeps = PresentItemDeps & {
  /** Checks the session and reads those of its user's uploads in the same trip; null when nobody is signed in. */
  readonly readWatched: (mediaIds: readonly MediaId[]) => Promise<CheckedRead<readonly WatchedRow[]> | null>
}

/** How far these uploads have come. Ids of other people's uploads are left out, like ids that do not exist. */
export async function watchUploads(
  deps: WatchUploadsDeps,
  mediaIds: readonly MediaId[],
): Promise<Result<WatchOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readWatched(mediaIds)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  return accept({ items: await Promise.all(read.data.map((row) => presentUpload(deps, row))) })
}

/** What its owner is told of an upload. */
export const presentUpload = async (deps: PresentItemDeps, row: WatchedRow): Promise<WatchOutput['items'][number]> => ({
  mediaId: row.id,
  state: row.state,
  reason: row.refusalReason,
  duplicateOf: row.duplicateOf,
  declaredType: row.declaredType,
  detectedType: row.detectedType,
  item: row.ready === null ? null : await presentItem(deps, row.ready),
})
