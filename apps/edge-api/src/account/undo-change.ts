import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'

export type UndoChangeDeps = PlanChargesDeps & {
  readonly hashToken: (token: string) => Promise<string>
  /** Gives the account its address back, voids its password and ends all its sessions. Null: no such way back. */
  readonly undoChange: (wish: {
    readonly undoId: string
    readonly charges: readonly Charge[]
    readonly nowMs: number
  }) => Promise<{
    readonly counted: readonly Charged[]
    readonly account: { readonly id: UserId; readonly email: string } | null
  }>
}

/**
 * "This wasn't me", from the mail that told of a change. Needs no session: the mail is the proof. What follows is a
 * reset, for which the address is answered.
 */
export async function undoChange(
  deps: UndoChangeDeps,
  visitor: Visitor,
  token: string,
): Promise<Result<{ email: string }, RateLimited | { readonly code: 'link_spent' }>> {
  const charges = await planCharges(deps, 'enter-code', { network: visitor.network })
  const nowMs = deps.nowMs()
  const { counted, account } = await deps.undoChange({ undoId: await deps.hashToken(token), charges, nowMs })
  const allowed = judgeCharges(charges, counted, nowMs)
  if (!allowed.ok) return allowed
  return account === null ? refuse({ code: 'link_spent' }) : accept({ email: account.email })
}
