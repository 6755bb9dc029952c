import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type MarkReadDeps = {
  readonly nowMs: () => number
  readonly markRead: (wish: { author: Author; until: Date; nowMs: number }) => Promise<void>
}

/** Marks as read what one was told up to a moment: what came or grew after it was shown stays unread. */
export async function markRead(
  deps: MarkReadDeps,
  user: EmailVerified<User>,
  until: Date,
): Promise<Record<string, never>> {
  await deps.markRead({ author: authorOf(user), until, nowMs: deps.nowMs() })
  return {}
}
