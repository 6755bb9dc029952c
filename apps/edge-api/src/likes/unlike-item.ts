import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type UnlikeItemDeps = {
  readonly nowMs: () => number
  /** Returns the count after the call, or null when there is no such item for this author. */
  readonly removeLike: (like: { author: Author; mediaId: MediaId; nowMs: number }) => Promise<number | null>
}

/** Takes a like back. Without a like there is nothing to take back, and the answer is the same. */
export async function unlikeItem(
  deps: UnlikeItemDeps,
  user: EmailVerified<User>,
  mediaId: MediaId,
): Promise<Result<{ liked: boolean; likeCount: number }, { code: 'not_found' }>> {
  const likeCount = await deps.removeLike({ author: authorOf(user), mediaId, nowMs: deps.nowMs() })
  return likeCount === null ? refuse({ code: 'not_found' }) : accept({ liked: false, likeCount })
}
