import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type LikeItemDeps = {
  readonly nowMs: () => number
  /** Returns the count after the call, or null when there is no such item for this author. */
  readonly addLike: (like: { author: Author; mediaId: MediaId; nowMs: number }) => Promise<number | null>
}

/** Likes an item. A second like changes nothing and answers the same. */
export async function likeItem(
  deps: LikeItemDeps,
  user: EmailVerified<User>,
  mediaId: MediaId,
): Promise<Result<{ liked: boolean; likeCount: number }, { code: 'not_found' }>> {
  const likeCount = await deps.addLike({ author: authorOf(user), mediaId, nowMs: deps.nowMs() })
  return likeCount === null ? refuse({ code: 'not_found' }) : accept({ liked: true, likeCount })
}
