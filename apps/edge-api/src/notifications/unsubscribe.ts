import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type UnsubscribeDeps = {
  readonly nowMs: () => number
  readonly dropSubscription: (wish: { author: Author; sessionId: string; nowMs: number }) => Promise<boolean>
}

/** Wakes a browser no more: this one, or another of theirs. One that is not woken anyway is as wished. */
export async function unsubscribe(
  deps: UnsubscribeDeps,
  user: EmailVerified<User>,
  sessionId = user.sessionId,
): Promise<Record<string, never>> {
  await deps.dropSubscription({ author: authorOf(user), sessionId, nowMs: deps.nowMs() })
  return {}
}
