import { useLocation, useNavigate } from '@solidjs/router'
import { useShoebox } from '../compose.ts'
import { withNext } from '../session/next-place.ts'
import { showToast } from '../ui/toasts.tsx'
import { words } from '../words/words.ts'
import type { MediaId } from './feed-item.ts'
import { useShelf } from './use-shelf.ts'

/** Likes or takes the like back; leads visitors to the sign-in screen and from there back here. */
export function useLikeToggle(): (id: MediaId) => void {
  const { likes, session } = useShoebox()
  const shelf = useShelf()
  const navigate = useNavigate()
  const location = useLocation()
  return (id) => {
    if (session.user()) return void likes.toggle(shelf, id)
    showToast(words.like.signIn)
    navigate(withNext('/sign-in', location.pathname))
  }
}
