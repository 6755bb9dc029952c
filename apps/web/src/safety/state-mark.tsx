import type { JSX } from 'solid-js'
import type { PartState } from '@shoebox/shared/operations/judge-parts.ts'

const colours: Readonly<Record<PartState, string>> = {
  up: 'text-good',
  slow: 'text-accent',
  down: 'text-bad',
  unknown: 'text-soft',
}

const signs: Readonly<Record<PartState, string>> = {
  up: 'm8 12 3 3 5-6',
  slow: 'M12 8v4l3 2',
  down: 'm9 9 6 6m0-6-6 6',
  unknown: 'M9 12h6',
}

/** A state as colour and shape; the word beside it says the same. */
export const StateMark = (props: { state: PartState; sizePx?: number }): JSX.Element => (
  <svg
    viewBox="0 0 24 24"
    width={props.sizePx ?? 20}
    height={props.sizePx ?? 20}
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    class={`flex-none ${colours[props.state]}`}
  >
    <circle cx="12" cy="12" r="9" />
    <path d={signs[props.state]} />
  </svg>
)
