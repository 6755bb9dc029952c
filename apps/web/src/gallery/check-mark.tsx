import { Show, type JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'

/** The circle on a picture that says whether it is chosen. */
export const CheckMark = (props: { isChosen: boolean; class?: string }): JSX.Element => (
  <span
    class={`grid size-6 place-items-center rounded-full border-2 border-white ${
      props.isChosen ? 'bg-accent text-on-accent' : 'bg-black/40 text-transparent'
    } ${props.class ?? ''}`}
  >
    <Show when={props.isChosen}>
      <Icon name="check" size={14} />
    </Show>
  </span>
)
