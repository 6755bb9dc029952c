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
        class="select h-12 text-base font-normal disabled:cursor-default"
        disabled={props.disabled}
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        <For each={props.options}>{([value, name]) => <option value={value}>{name}</option>}</For>
      </select>
    </label>
  )
}
