import { useNavigate } from '@solidjs/router'
import { useShoebox } from '../compose.ts'
import { showToast } from '../ui/toasts.tsx'
import { clearPendingCode, type CodePage } from './pending-code.ts'
import type { User } from './session.ts'
import { useNext } from './use-next.ts'

/** What every way in ends with: the session has begun, and its owner goes on to where they were going. */
export function useEntering(): (user: User, done?: { readonly page?: CodePage; readonly text?: string }) => void {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const next = useNext()
  return (user, { page, text } = {}) => {
    if (page !== undefined) clearPendingCode(sessionStorage, page)
    session.enter(user)
    if (text !== undefined) showToast(text)
    navigate(next(), { replace: true })
  }
}
