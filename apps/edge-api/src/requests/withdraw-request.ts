import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type WithdrawRequestDeps = {
  readonly nowMs: () => number
  readonly withdrawRequest: (wish: { author: Author; groupId: GroupId; nowMs: number }) => Promise<boolean>
}

/** Takes one's own request back. */
export async function withdrawRequest(
  deps: WithdrawRequestDeps,
  user: EmailVerified<User>,
  groupId: GroupId,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isWithdrawn = await deps.withdrawRequest({ author: authorOf(user), groupId, nowMs: deps.nowMs() })
  return isWithdrawn ? accept({}) : refuse({ code: 'not_found' })
}
