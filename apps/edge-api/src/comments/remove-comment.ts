import type { CommentId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type RemoveCommentDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: there is none that the author may take away. */
  readonly removeComment: (wish: {
    author: Author
    id: CommentId
    nowMs: number
    audit: AuditEntry
  }) => Promise<boolean>
}

/** Takes a comment away: one's own, or as an admin of the group any. */
export async function removeComment(
  deps: RemoveCommentDeps,
  user: EmailVerified<User>,
  id: CommentId,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const [author, nowMs] = [authorOf(user), deps.nowMs()]
  // Of somebody else's comment, in the chain of its group: the statement knows both.
  const audit = await deps.sealEntry({
    chain: null,
    action: 'comment.removed_by_admin',
    actorId: author.userId,
    subject: { kind: 'comment', id },
    atMs: nowMs,
  })
  const isRemoved = await deps.removeComment({ author, id, nowMs, audit })
  return isRemoved ? accept({}) : refuse({ code: 'not_found' })
}
