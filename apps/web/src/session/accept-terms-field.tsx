import { createUniqueId, Show, type JSX } from 'solid-js'
import { accountWords } from '../words/account-words.ts'

/** The tick without which nobody joins. What is accepted opens beside the form, so that nothing typed is lost. */
export function AcceptTermsField(props: { isMissed: boolean; onInput: (isTicked: boolean) => void }): JSX.Element {
  const id = createUniqueId()
  return (
    <div class="flex flex-col gap-1">
      <div class="flex min-h-11 items-center gap-3">
        <input
          id={`${id}-tick`}
          type="checkbox"
          name="terms"
          class="size-5 shrink-0"
          aria-invalid={props.isMissed ? 'true' : undefined}
          aria-describedby={props.isMissed ? id : undefined}
          onInput={(event) => props.onInput(event.currentTarget.checked)}
        />
        <label for={`${id}-tick`} class="py-3">
          {accountWords.accept.before}
          <a class="link" href="/terms" target="_blank">
            {accountWords.accept.terms}
          </a>
          {accountWords.accept.between}
          <a class="link" href="/privacy" target="_blank">
            {accountWords.accept.privacy}
          </a>
          {accountWords.accept.after}
        </label>
      </div>
      <Show when={props.isMissed}>
        <p id={id} role="alert" class="text-sm text-bad">
          {accountWords.acceptTermsFirst}
        </p>
      </Show>
    </div>
  )
}
