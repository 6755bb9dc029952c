import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type CancelUploadDeps = {
  readonly nowMs: () => number
  /** Moves a reserved upload to cancelled. Returns the state it is in then, or null when it is not the author's. */
  readonly markCancelled: (wish: { author: Author; mediaId: MediaId; nowMs: number }) => Promise<StoredState | null>
}

/** Gives a reservation up. Cancelling twice is the same as once; what is settled stays settled. */
export async function cancelUpload(
  deps: CancelUploadDeps,
  uploader: EmailVerified<User>,
  mediaId: MediaId,
): Promise<Result<Record<never, never>, { code: 'not_found' | 'upload_settled' }>> {
  const state = await deps.markCancelled({ author: authorOf(uploader), mediaId, nowMs: deps.nowMs() })
  if (state === null) return refuse({ code: 'not_found' })
  return state === 'cancelled' ? accept({}) : refuse({ code: 'upload_settled' })
}
