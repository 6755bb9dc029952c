import type { CommentId, MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { AddOutput } from './comments.schema.ts'

export type AddCommentDeps = {
  readonly nowMs: () => number
  readonly newCommentId: () => CommentId
  /** Answers how many there are then, or null when the author cannot see the item. */
  readonly addComment: (comment: {
    author: Author
    id: CommentId
    mediaId: MediaId
    text: string
    nowMs: number
  }) => Promise<number | null>
}

/** Says something about an item of one's galleries. */
export async function addComment(
  deps: AddCommentDeps,
  user: EmailVerified<User>,
  { mediaId, text }: { mediaId: MediaId; text: string },
): Promise<Result<AddOutput, { code: 'not_found' }>> {
  const [id, nowMs] = [deps.newCommentId(), deps.nowMs()]
  const commentCount = await deps.addComment({ author: authorOf(user), id, mediaId, text, nowMs })
  if (commentCount === null) return refuse({ code: 'not_found' })
  const author = { id: user.id, name: user.name, avatar: null }
  const comment = { id, text, createdAt: new Date(nowMs).toISOString(), author, isMine: true, isRemovable: true }
  return accept({ comment, commentCount })
}
