import { createUniqueId, For, Show, type JSX } from 'solid-js'

type ChoiceProps<T extends string> = {
  legend: string
  /** The legend is read out but not shown: a heading above says it already. */
  isLegendHidden?: boolean
  options: readonly { readonly value: T; readonly name: string; readonly means?: string }[]
  /** Undefined: nothing is chosen yet. */
  value: T | undefined
  onChoose: (value: T) => void
  disabled?: boolean
}

/** One of a few, each with a sentence of what it means. */
export function Choice<T extends string>(props: ChoiceProps<T>): JSX.Element {
  const name = createUniqueId()
  return (
    <fieldset class="flex flex-col gap-2" disabled={props.disabled}>
      <legend class="mb-1 font-medium" classList={{ 'sr-only': props.isLegendHidden ?? false }}>
        {props.legend}
      </legend>
      <For each={props.options}>
        {(option) => (
          <label class="flex min-h-11 cursor-pointer items-start gap-3 rounded-box border border-line px-4 py-2.5 transition-colors hover:border-soft has-checked:border-accent has-disabled:cursor-default has-disabled:opacity-60">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChoose(option.value)}
              class="mt-1 size-4 shrink-0"
            />
            <span>
              <span class="block font-medium">{option.name}</span>
              <Show when={option.means}>
                <span class="block text-sm text-soft">{option.means}</span>
              </Show>
            </span>
          </label>
        )}
      </For>
    </fieldset>
  )
}
