import { createUniqueId, Show, type JSX } from 'solid-js'
import { words } from '../words/words.ts'

/** The tick without which nobody joins. */
export function AcceptTermsField(props: { isMissed: boolean; onInput: (isTicked: boolean) => void }): JSX.Element {
  const id = createUniqueId()
  return (
    <div class="flex flex-col gap-1">
      <label class="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="terms"
          class="size-5 shrink-0"
          aria-invalid={props.isMissed ? 'true' : undefined}
          aria-describedby={props.isMissed ? id : undefined}
          onInput={(event) => props.onInput(event.currentTarget.checked)}
        />
        {words.account.acceptTerms}
      </label>
      <Show when={props.isMissed}>
        <p id={id} role="alert" class="text-sm text-bad">
          {words.account.acceptTermsFirst}
        </p>
      </Show>
    </div>
  )
}
