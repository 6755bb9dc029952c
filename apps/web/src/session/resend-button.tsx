import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { findRefusal } from '../api/refusal.ts'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import type { SentCode } from './pending-code.ts'

/** How long the mail gets before a new code is offered. Milliseconds. */
const resendAfterMs = 30_000

type ResendProps = {
  sent: SentCode
  /** It is the one thing that helps now. */
  isMain: boolean
  onResent: (sentAtMs: number) => void
}

/** Sends the code anew, not before the last one had its time or the API's limit allows it. */
export function ResendButton(props: ResendProps): JSX.Element {
  const [now, setNow] = createSignal(Date.now())
  const [freeAtMs, setFreeAtMs] = createSignal(0)
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const timer = setInterval(() => setNow(Date.now()), 1000)
  onCleanup(() => clearInterval(timer))
  createEffect(
    on(
      () => props.sent.sentAtMs,
      (sentAtMs) => setFreeAtMs(sentAtMs + resendAfterMs),
    ),
  )
  const secondsLeft = () => Math.max(0, Math.ceil((freeAtMs() - now()) / 1000))

  const resend = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      await api.account.resendCode.mutate({ verificationId: props.sent.verificationId })
      showToast(accountWords.resent)
      props.onResent(Date.now())
    } catch (error) {
      setAlert(sentenceForError(error))
      const wait = findRefusal(error)?.retryAfterSeconds
      if (wait !== undefined) setFreeAtMs(Date.now() + wait * 1000)
    } finally {
      setNow(Date.now())
      setBusy(false)
    }
  }

  return (
    <>
      <button
        type="button"
        class="button min-h-12 tabular-nums"
        classList={{ 'button-main': props.isMain, 'button-quiet': !props.isMain }}
        disabled={secondsLeft() > 0 || isBusy()}
        onClick={() => void resend()}
      >
        {secondsLeft() > 0 ? accountWords.resendIn(screenWords.units.timeLeft(secondsLeft())) : accountWords.resend}
      </button>
      <Show when={alert()}>
        <p role="alert" class="text-sm text-bad">
          {alert()}
        </p>
      </Show>
    </>
  )
}
