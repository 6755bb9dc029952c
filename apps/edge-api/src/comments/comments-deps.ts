import type { AddCommentDeps } from './add-comment.ts'
import type { ListCommentsDeps } from './list-comments.ts'
import type { RemoveCommentDeps } from './remove-comment.ts'

export type CommentsDeps = AddCommentDeps & ListCommentsDeps & RemoveCommentDeps
