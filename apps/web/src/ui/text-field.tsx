// A labelled input whose hint and error are tied to it, in the names password managers know.
import { createSignal, createUniqueId, Show, type JSX } from 'solid-js'
import { screenWords } from '../words/screen-words.ts'
import { Icon } from './icon.tsx'

type TextFieldProps = {
  label: string
  name: string
  value: string
  onInput: (value: string) => void
  /** The field was left for another one. Not told when a button is pressed: an error that appears between press and
   * release would move the button away from under the pointer, and the click would be lost. */
  onLeft?: () => void
  type?: 'text' | 'email' | 'password'
  autocomplete: JSX.HTMLAutocomplete
  hint?: string
  error?: string | undefined
  inputRef?: (input: HTMLInputElement) => void
}

/** A box to tick is pressed like a button. */
const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio'

export function TextField(props: TextFieldProps): JSX.Element {
  const id = createUniqueId()
  const [isShown, setShown] = createSignal(false)
  const describedBy = () =>
    [props.error ? `${id}-error` : '', props.hint ? `${id}-hint` : ''].filter((name) => name !== '').join(' ')

  return (
    <div class="flex flex-col gap-1">
      <label for={id} class="font-medium">
        {props.label}
      </label>
      <div class="relative">
        <input
          ref={(input) => props.inputRef?.(input)}
          id={id}
          name={props.name}
          type={isShown() ? 'text' : (props.type ?? 'text')}
          autocomplete={props.autocomplete}
          autocapitalize={props.name === 'name' ? 'words' : 'off'}
          spellcheck={false}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onBlur={(event) => isTextField(event.relatedTarget) && props.onLeft?.()}
          aria-invalid={props.error ? 'true' : undefined}
          aria-describedby={describedBy() || undefined}
          class="h-12 w-full rounded-box border border-line bg-raised px-3 text-base text-ink transition-colors hover:border-soft aria-invalid:border-bad"
          classList={{ 'pr-13': props.type === 'password' }}
        />
        <Show when={props.type === 'password'}>
          <button
            type="button"
            class="button-icon absolute top-0.5 right-0.5 text-soft"
            aria-label={isShown() ? screenWords.account.hide : screenWords.account.show}
            aria-pressed={isShown()}
            onClick={() => setShown((shown) => !shown)}
          >
            <Icon name="eye" size={20} />
          </button>
        </Show>
      </div>
      <Show when={props.error}>
        <p id={`${id}-error`} class="text-sm text-bad">
          {props.error}
        </p>
      </Show>
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="text-sm text-soft" classList={{ hidden: Boolean(props.error) }}>
          {props.hint}
        </p>
      </Show>
    </div>
  )
}
