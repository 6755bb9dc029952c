import type { CommentId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type RemoveCommentDeps = {
  readonly nowMs: () => number
  /** False: there is none that the author may take away. */
  readonly removeComment: (wish: { author: Author; id: CommentId; nowMs: number }) => Promise<boolean>
}

/** Takes a comment away: one's own, or as an admin of the group any. */
export async function removeComment(
  deps: RemoveCommentDeps,
  user: EmailVerified<User>,
  id: CommentId,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isRemoved = await deps.removeComment({ author: authorOf(user), id, nowMs: deps.nowMs() })
  return isRemoved ? accept({}) : refuse({ code: 'not_found' })
}
