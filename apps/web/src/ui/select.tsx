import { For, type JSX } from 'solid-js'

export function Select(props: {
  label: string
  value: string
  options: readonly (readonly [value: string, name: string])[]
  disabled?: boolean
  onChoose: (value: string) => void
}): JSX.Element {
  return (
    <label class="flex flex-col gap-1 font-medium">
      {props.label}
      <select
        class="h-12 rounded-box border border-line bg-raised px-3 text-base font-normal hover:not-disabled:border-soft disabled:cursor-default disabled:opacity-60"
        disabled={props.disabled}
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        <For each={props.options}>{([value, name]) => <option value={value}>{name}</option>}</For>
      </select>
    </label>
  )
}
