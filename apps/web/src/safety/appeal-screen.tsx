// Saying that a decision was wrong: against a ban, with a code from the mail and no session; or for an item of one's own,
// `/appeal?item=…`, signed in.
import { A, Navigate, useLocation, useSearchParams } from '@solidjs/router'
import { createSignal, Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { isId, type MediaId } from '@shoebox/shared/ids.ts'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import { CodeForm } from '../session/code-form.tsx'
import { FormAlert, FormFrame } from '../session/form-frame.tsx'
import { judgeEmail } from '../session/judge-form.ts'
import { withNext } from '../session/next-place.ts'
import type { SentCode } from '../session/pending-code.ts'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useTitle } from '../ui/use-title.ts'
import { accountWords } from '../words/account-words.ts'
import { appealWords } from '../words/appeal-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { AppealText, createAppealText } from './appeal-text.tsx'

export function AppealScreen(): JSX.Element {
  const [search] = useSearchParams<{ item?: string }>()
  const [isSent, setSent] = createSignal(false)
  useTitle(() => appealWords.title)
  const itemId = () => {
    const text = search.item ?? ''
    return isId('media', text) ? text : null
  }
  return (
    <Show
      when={!isSent()}
      fallback={
        <Notice icon="check" title={appealWords.sentTitle} text={appealWords.sent} isPage>
          <A class="button button-main" href={itemId() === null ? '/' : '/you/uploads'}>
            {itemId() === null ? appealWords.toFeed : appealWords.backToUploads}
          </A>
        </Notice>
      }
    >
      <Show when={itemId()} fallback={<BanAppeal onSent={() => setSent(true)} />}>
        {(id) => <ItemAppeal mediaId={id()} onSent={() => setSent(true)} />}
      </Show>
    </Show>
  )
}

function BanAppeal(props: { onSent: () => void }): JSX.Element {
  const location = useLocation<{ email?: string }>()
  const [email, setEmail] = createSignal(untrack(() => location.state?.email) ?? '')
  const [sent, setSent] = createSignal<SentCode>()
  const text = createAppealText()
  const enter = async ({ verificationId }: SentCode, code: string) => {
    await api.appeals.appealBan.mutate({ verificationId, code, text: text.value() })
    props.onSent()
  }
  return (
    <Show when={sent()} fallback={<AddressForm email={email()} onInput={setEmail} onSent={setSent} />}>
      {(code) => (
        <FormFrame title={appealWords.title} lead={appealWords.checkLead(code().email)}>
          <CodeForm
            sent={code()}
            onResent={(sentAtMs) => setSent({ ...code(), sentAtMs })}
            enter={(digits) => enter(code(), digits)}
            confirmText={appealWords.send}
            isReady={text.judge}
          >
            <AppealText text={text} />
          </CodeForm>
          <button type="button" class="link -mt-2 min-h-11 self-center" onClick={() => setSent(undefined)}>
            {appealWords.otherAddress}
          </button>
        </FormFrame>
      )}
    </Show>
  )
}

function AddressForm(props: {
  email: string
  onInput: (email: string) => void
  onSent: (sent: SentCode) => void
}): JSX.Element {
  const [error, setError] = createSignal<string>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let input: HTMLInputElement | undefined
  const ask = async (event: SubmitEvent) => {
    event.preventDefault()
    setError(judgeEmail(props.email))
    setAlert(undefined)
    if (error() !== undefined) return input?.focus()
    setBusy(true)
    try {
      const sent = await api.appeals.requestCode.mutate({ email: props.email.trim() })
      props.onSent({ ...sent, sentAtMs: Date.now() })
    } catch (failure) {
      setAlert(sentenceForError(failure))
      setBusy(false)
    }
  }
  return (
    <FormFrame title={appealWords.title} lead={appealWords.lead}>
      <form class="flex flex-col gap-4" novalidate onSubmit={ask}>
        <FormAlert text={alert()} />
        <TextField
          label={accountWords.email}
          name="email"
          type="email"
          autocomplete="username"
          value={props.email}
          onInput={(value) => {
            props.onInput(value)
            setError(undefined)
          }}
          error={error()}
          inputRef={(element) => (input = element)}
        />
        <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
          {isBusy() ? screenWords.account.working : accountWords.forgotSend}
        </button>
      </form>
    </FormFrame>
  )
}

function ItemAppeal(props: { mediaId: MediaId; onSent: () => void }): JSX.Element {
  const { session } = useShoebox()
  const text = createAppealText()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!text.judge() || isBusy()) return
    setBusy(true)
    setAlert(undefined)
    try {
      await api.appeals.appealItem.mutate({ mediaId: props.mediaId, text: text.value() })
      props.onSent()
    } catch (failure) {
      setAlert(sentenceForError(failure))
      setBusy(false)
    }
  }
  return (
    <Switch fallback={<p class="pulse py-20 text-center text-soft">{screenWords.viewer.loading}</p>}>
      <Match when={session.user() === null}>
        <Navigate href={withNext('/sign-in', `/appeal?item=${props.mediaId}`)} />
      </Match>
      <Match when={session.user()}>
        <FormFrame title={appealWords.itemTitle} lead={appealWords.itemLead}>
          <form class="flex flex-col gap-4" novalidate onSubmit={send}>
            <FormAlert text={alert()} />
            <AppealText text={text} />
            <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
              {isBusy() ? screenWords.account.working : appealWords.send}
            </button>
          </form>
        </FormFrame>
      </Match>
    </Switch>
  )
}
