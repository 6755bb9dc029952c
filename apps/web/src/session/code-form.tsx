// Where a mailed code is entered, whatever it is for: one field for six digits, and a new code when there is need of one.
import { createEffect, createUniqueId, on, onMount, Show, untrack, type JSX } from 'solid-js'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { createCodeEntry, type CodeEntry } from './code-entry.ts'
import type { SentCode } from './pending-code.ts'
import { ResendButton } from './resend-button.tsx'

type CodeFormProps = {
  sent: SentCode
  onResent: (sentAtMs: number) => void
  /** Rejects with what the API refused. */
  enter: (code: string) => Promise<void>
  confirmText?: string
  /** Further fields. With them nothing is sent before the button is pressed. */
  children?: JSX.Element
  /** Judges the further fields and goes to the first that is wrong. */
  isReady?: () => boolean
}

export function CodeForm(props: CodeFormProps): JSX.Element {
  const entry = createCodeEntry({
    sent: () => props.sent,
    enter: (code) => props.enter(code),
    nowMs: Date.now,
  })
  const sendsItself = untrack(() => props.isReady === undefined)
  const confirm = () => (props.isReady?.() ?? true) && void entry.confirm()

  return (
    <form
      class="flex flex-col gap-4"
      novalidate
      onSubmit={(event) => {
        event.preventDefault()
        confirm()
      }}
    >
      {/* Tells password managers whose code and password this is. */}
      <input type="email" autocomplete="username" value={props.sent.email} readonly hidden />
      <CodeField entry={entry} onWhole={() => sendsItself && confirm()} />
      {props.children}
      <Show when={!entry.isOver()}>
        <button type="submit" class="button button-main min-h-12" disabled={entry.isBusy()}>
          {entry.isBusy() ? screenWords.account.working : (props.confirmText ?? accountWords.confirmCode)}
        </button>
      </Show>
      <ResendButton
        sent={props.sent}
        isMain={entry.isOver()}
        onResent={(sentAtMs) => {
          entry.renew()
          props.onResent(sentAtMs)
        }}
      />
    </form>
  )
}

function CodeField(props: { entry: CodeEntry; onWhole: () => void }): JSX.Element {
  const id = createUniqueId()
  let input: HTMLInputElement | undefined
  const problem = () => (props.entry.isOver() ? accountWords.codeOver : props.entry.error())
  onMount(() => input?.focus())
  createEffect(on(problem, (text) => text !== undefined && input?.select(), { defer: true }))

  const type = (text: string) => {
    props.entry.type(text)
    if (input !== undefined) input.value = props.entry.code()
    if (props.entry.isWhole()) props.onWhole()
  }
  return (
    <div class="flex flex-col gap-1">
      <label for={id} class="font-medium">
        {accountWords.code}
      </label>
      <input
        ref={(element) => (input = element)}
        id={id}
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        value={props.entry.code()}
        aria-invalid={problem() ? 'true' : undefined}
        aria-describedby={`${id}-says`}
        onInput={(event) => type(event.currentTarget.value)}
        class="h-16 w-full rounded-box border border-line bg-raised pl-[0.4em] text-center text-3xl tracking-[0.4em] tabular-nums aria-invalid:border-bad"
      />
      <p
        id={`${id}-says`}
        role="alert"
        class="text-sm"
        classList={{ 'text-bad': problem() !== undefined, 'text-soft': problem() === undefined }}
      >
        {problem() ?? accountWords.checkHint}
      </p>
    </div>
  )
}
