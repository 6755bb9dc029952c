import { A, Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, createUniqueId, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { codeDigits } from '@shoebox/shared/account/codes.ts'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import { useTitle } from '../ui/use-title.ts'
import { showToast } from '../ui/toasts.tsx'
import { sentenceForError, words } from '../words/words.ts'
import { FormAlert, FormFrame } from './form-frame.tsx'
import { findNextPlace, withNext } from './next-place.ts'
import { clearPendingSignUp, readPendingSignUp, writePendingSignUp, type PendingSignUp } from './pending-sign-up.ts'

/** How long the mail gets before a new code is offered. */
const resendAfterMs = 30_000

export function CodeScreen(): JSX.Element {
  const [search] = useSearchParams()
  const next = () => findNextPlace(search['next'])
  const pending = readPendingSignUp(sessionStorage)
  useTitle(() => words.account.checkTitle)
  return (
    <Show when={pending} fallback={<Navigate href={withNext('/sign-up', next())} />} keyed>
      {(found) => (
        <FormFrame title={words.account.checkTitle} lead={words.account.checkLead(found.email)}>
          <CodeForm pending={found} next={next()} />
        </FormFrame>
      )}
    </Show>
  )
}

function CodeForm(props: { pending: PendingSignUp; next: string }): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const id = createUniqueId()
  const [code, setCode] = createSignal('')
  const [error, setError] = createSignal<string>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let input: HTMLInputElement | undefined
  onMount(() => input?.focus())

  const confirm = async () => {
    if (isBusy()) return
    setAlert(undefined)
    if (code().length < codeDigits) return setError(words.account.enterCode)
    setBusy(true)
    try {
      const { user } = await api.account.verifySignUp.mutate({
        verificationId: props.pending.verificationId,
        code: code(),
      })
      clearPendingSignUp(sessionStorage)
      session.enter(user)
      showToast(words.account.welcome(user.name))
      navigate(props.next, { replace: true })
    } catch (failure) {
      setError(sentenceForError(failure))
      input?.select()
    } finally {
      setBusy(false)
    }
  }

  /** Takes a pasted "123 456" as well as typed digits, and sends as soon as there are six. */
  const type = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, codeDigits)
    if (input !== undefined) input.value = digits
    setCode(digits)
    setError(undefined)
    if (digits.length === codeDigits) void confirm()
  }

  return (
    <form
      class="flex flex-col gap-4"
      novalidate
      onSubmit={(event) => {
        event.preventDefault()
        void confirm()
      }}
    >
      <FormAlert text={alert()} />
      <div class="flex flex-col gap-1">
        <label for={id} class="font-medium">
          {words.account.code}
        </label>
        <input
          ref={(element) => (input = element)}
          id={id}
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          aria-invalid={error() ? 'true' : undefined}
          aria-describedby={error() ? `${id}-error` : `${id}-hint`}
          onInput={(event) => type(event.currentTarget.value)}
          class="h-16 w-full rounded-box border border-line bg-raised pl-[0.4em] text-center text-3xl tracking-[0.4em] tabular-nums aria-invalid:border-bad"
        />
        <Show
          when={error()}
          fallback={
            <p id={`${id}-hint`} class="text-sm text-soft">
              {words.account.checkHint}
            </p>
          }
        >
          <p id={`${id}-error`} role="alert" class="text-sm text-bad">
            {error()}
          </p>
        </Show>
      </div>
      <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
        {isBusy() ? words.account.working : words.account.confirmCode}
      </button>
      <ResendButton pending={props.pending} onFailed={(failure) => setAlert(sentenceForError(failure))} />
      <A class="link self-center py-2" href={withNext('/sign-up', props.next)}>
        {words.account.otherAddress}
      </A>
    </form>
  )
}

function ResendButton(props: { pending: PendingSignUp; onFailed: (failure: unknown) => void }): JSX.Element {
  const secondsLeft = (sentAtMs: number) => Math.max(0, Math.ceil((sentAtMs + resendAfterMs - Date.now()) / 1000))
  // The first value stands for this mount; a new code sets it anew.
  const [seconds, setSeconds] = createSignal(secondsLeft(readPendingSignUp(sessionStorage)?.sentAtMs ?? 0))
  const timer = setInterval(() => setSeconds(secondsLeft(readPendingSignUp(sessionStorage)?.sentAtMs ?? 0)), 1000)
  onCleanup(() => clearInterval(timer))

  const resend = async () => {
    try {
      await api.account.resendCode.mutate({ verificationId: props.pending.verificationId })
      writePendingSignUp(sessionStorage, { ...props.pending, sentAtMs: Date.now() })
      setSeconds(secondsLeft(Date.now()))
      showToast(words.account.resent)
    } catch (failure) {
      props.onFailed(failure)
    }
  }

  return (
    <button
      type="button"
      class="button button-quiet min-h-12 tabular-nums"
      disabled={seconds() > 0}
      onClick={() => void resend()}
    >
      {seconds() > 0 ? words.account.resendIn(seconds()) : words.account.resend}
    </button>
  )
}
