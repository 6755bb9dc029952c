import type { CommentId, MediaId, UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { presentPicture, type PictureRow, type SignDelivery } from '../groups/picture.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { Comment, CommentsInput, CommentsOutput } from './comments.schema.ts'

export type CommentRow = {
  readonly id: CommentId
  readonly text: string
  readonly createdAt: Date
  readonly authorId: UserId
  readonly authorName: string
  readonly avatar: PictureRow
}

export type ListCommentsDeps = {
  /** Newest first. Null inside: they cannot see the item. */
  readonly readComments: (wish: {
    mediaId: MediaId
    after: CommentId | null
    rowsMax: number
  }) => Promise<CheckedRead<{ isAdmin: boolean; comments: readonly CommentRow[] } | null> | null>
  readonly signDelivery: SignDelivery
}

/** What was said about an item of one's galleries. */
export async function listComments(
  deps: ListCommentsDeps,
  { mediaId, cursor, size }: CommentsInput,
): Promise<Result<CommentsOutput, { code: 'sign_in_needed' | 'not_found' }>> {
  const read = await deps.readComments({ mediaId, after: cursor ?? null, rowsMax: size + 1 })
  if (read === null) return refuse({ code: 'sign_in_needed' })
  if (read.data === null) return refuse({ code: 'not_found' })
  const { isAdmin, comments } = read.data
  const shown = comments.slice(0, size)
  const present = async (row: CommentRow): Promise<Comment> => ({
    id: row.id,
    text: row.text,
    createdAt: row.createdAt.toISOString(),
    author: { id: row.authorId, name: row.authorName, avatar: await presentPicture(deps.signDelivery, row.avatar) },
    isMine: row.authorId === read.user.id,
    isRemovable: isAdmin || row.authorId === read.user.id,
  })
  return accept({
    comments: await Promise.all(shown.map(present)),
    nextCursor: comments.length > size ? (shown.at(-1)?.id ?? null) : null,
  })
}
