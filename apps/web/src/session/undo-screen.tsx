// "This was not me", from the mail that told of a change. Mail programs open links by themselves to look for harm, so
// the page does nothing before its button is pressed; and the token stands after a #, which no server is told.
import { A, useLocation, useNavigate } from '@solidjs/router'
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { useShoebox } from '../compose.ts'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { FormAlert, FormFrame } from './form-frame.tsx'

export function UndoScreen(): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const location = useLocation()
  const token = untrack(() => location.hash).replace(/^#/, '')
  const isWhole = /^[\w-]{43}$/.test(token)
  const [alert, setAlert] = createSignal(isWhole ? undefined : accountWords.undoEmpty)
  const [isSpent, setSpent] = createSignal(!isWhole)
  const [isBusy, setBusy] = createSignal(false)
  useTitle(() => accountWords.undoTitle)

  const undo = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      const { email } = await api.account.undoChange.mutate({ token })
      // All sessions of the account are over, this browser's too where it had one.
      if (session.user()?.email === email) session.expire()
      showToast(accountWords.undone)
      navigate('/sign-in/forgot', { replace: true, state: { email } })
    } catch (error) {
      setSpent(isRefusedWith(error, 'link_spent'))
      setAlert(sentenceForError(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <FormFrame title={accountWords.undoTitle} lead={accountWords.undoLead}>
      <FormAlert text={alert()} />
      <Show
        when={!isSpent()}
        fallback={
          <A class="button button-main min-h-12" href="/sign-in/forgot">
            {accountWords.forgotTitle}
          </A>
        }
      >
        <button type="button" class="button button-main min-h-12" disabled={isBusy()} onClick={() => void undo()}>
          {isBusy() ? screenWords.account.working : accountWords.undo}
        </button>
        <A class="button button-quiet -mt-2 min-h-12" href="/">
          {accountWords.undoKeep}
        </A>
      </Show>
    </FormFrame>
  )
}
