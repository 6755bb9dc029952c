import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type CancelledRow = {
  readonly state: StoredState
  readonly incomingKey: string
  readonly multipartUploadId: string | null
}

export type CancelUploadDeps = {
  readonly nowMs: () => number
  /** Moves a reserved upload to cancelled. Returns what it is then, or null when it is not the author's. */
  readonly markCancelled: (wish: { author: Author; mediaId: MediaId; nowMs: number }) => Promise<CancelledRow | null>
  /** Lets S3 forget the parts, after the answer. What fails here, the bucket's lifecycle does within days. */
  readonly abortAfterwards: (key: string, multipartUploadId: string) => void
}

/** Gives a reservation up. Cancelling twice is the same as once; what is settled stays settled. */
export async function cancelUpload(
  deps: CancelUploadDeps,
  uploader: EmailVerified<User>,
  mediaId: MediaId,
): Promise<Result<Record<never, never>, { code: 'not_found' | 'upload_settled' }>> {
  const row = await deps.markCancelled({ author: authorOf(uploader), mediaId, nowMs: deps.nowMs() })
  if (row === null) return refuse({ code: 'not_found' })
  if (row.state !== 'cancelled') return refuse({ code: 'upload_settled' })
  if (row.multipartUploadId !== null) deps.abortAfterwards(row.incomingKey, row.multipartUploadId)
  return accept({})
}
