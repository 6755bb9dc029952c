import type { UserId } from '@shoebox/shared/ids.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type UnblockPersonDeps = {
  readonly nowMs: () => number
  readonly removeBlock: (block: { author: Author; userId: UserId; nowMs: number }) => Promise<void>
}

/** Takes a block back. Where there is none there is nothing to take back, and the answer is the same. */
export async function unblockPerson(
  deps: UnblockPersonDeps,
  user: EmailVerified<User>,
  userId: UserId,
): Promise<Record<never, never>> {
  await deps.removeBlock({ author: authorOf(user), userId, nowMs: deps.nowMs() })
  return {}
}
