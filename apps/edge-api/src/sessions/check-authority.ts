// What somebody may do beyond being signed in. The only place that makes these proofs; each write repeats its own.
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { Administrator, EmailVerified, Moderator, SteppedUp, User } from './signed-in.ts'

/** Requires a code entered in this session within the last minutes. */
export function requireStepUp(
  user: EmailVerified<User>,
  nowMs: number,
): Result<SteppedUp<EmailVerified<User>>, { code: 'step_up_needed' }> {
  const isSteppedUp = user.steppedUpUntil !== null && user.steppedUpUntil.getTime() > nowMs
  return isSteppedUp ? accept(user as SteppedUp<EmailVerified<User>>) : refuse({ code: 'step_up_needed' })
}

/** To anybody else, the desk of those who judge is not there. */
export function requireModerator(
  user: EmailVerified<User>,
  nowMs: number,
): Result<Moderator, { code: 'not_found' | 'step_up_needed' }> {
  if (user.role === 'member') return refuse({ code: 'not_found' })
  const steppedUp = requireStepUp(user, nowMs)
  return steppedUp.ok ? accept(steppedUp.value as Moderator) : steppedUp
}

/** To anybody else, what administrators do is not there. */
export function requireAdministrator(
  user: EmailVerified<User>,
  nowMs: number,
): Result<Administrator, { code: 'not_found' | 'step_up_needed' }> {
  if (user.role !== 'administrator') return refuse({ code: 'not_found' })
  const steppedUp = requireStepUp(user, nowMs)
  return steppedUp.ok ? accept(steppedUp.value as Administrator) : steppedUp
}
