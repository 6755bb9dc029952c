// Whoever shows the right password or code and is banned is led to a page that says why (safety/ban-screen.tsx).
import { useNavigate } from '@solidjs/router'
import { findRefusal, type Refusal } from '../api/refusal.ts'

/** Nothing is known of a ban that came in the very moment of signing in. */
export type BannedState = { readonly ban?: NonNullable<Refusal['ban']>; readonly email: string }

/** True: the failure was a ban, and the page is shown. */
export function useBannedPage(): (failure: unknown, email: string) => boolean {
  const navigate = useNavigate()
  return (failure, email) => {
    const refusal = findRefusal(failure)
    if (refusal?.code !== 'banned') return false
    const state: BannedState = { ...(refusal.ban === undefined ? {} : { ban: refusal.ban }), email }
    navigate('/banned', { replace: true, state })
    return true
  }
}
