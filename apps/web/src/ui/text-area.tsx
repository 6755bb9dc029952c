import { createUniqueId, Show, type JSX } from 'solid-js'

type TextAreaProps = {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: string
  error?: string | undefined
  rows?: number
  disabled?: boolean
}

/** A labelled box for more than one line, whose hint and error are tied to it. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const id = createUniqueId()
  return (
    <div class="flex flex-col gap-1">
      <label for={id} class="font-medium">
        {props.label}
      </label>
      <textarea
        id={id}
        rows={props.rows ?? 3}
        value={props.value}
        disabled={props.disabled}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        aria-invalid={props.error ? 'true' : undefined}
        aria-describedby={props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined}
        class="w-full resize-y rounded-box border border-line bg-raised px-3 py-2 text-base transition-colors hover:not-disabled:border-soft disabled:resize-none disabled:opacity-60 aria-invalid:border-bad"
      />
      <Show
        when={props.error}
        fallback={
          <Show when={props.hint}>
            <p id={`${id}-hint`} class="text-sm text-soft">
              {props.hint}
            </p>
          </Show>
        }
      >
        <p id={`${id}-error`} class="text-sm text-bad">
          {props.error}
        </p>
      </Show>
    </div>
  )
}
