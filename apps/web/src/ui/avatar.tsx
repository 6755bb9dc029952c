import { Show, type JSX } from 'solid-js'
import { derivativeUrl, type Delivery } from '@shoebox/shared/media/derivatives.ts'

/** A person's picture, or the first letter of their name. Decoration: the name stands beside it. */
export function Avatar(props: {
  name: string
  avatar?: Pick<Delivery, 'base' | 'query'> | null | undefined
  sizePx: number
}): JSX.Element {
  const initial = () => Array.from(props.name)[0]?.toUpperCase() ?? ''
  return (
    <span
      class="grid shrink-0 place-items-center overflow-hidden rounded-full bg-sunken font-semibold text-soft"
      style={{ width: `${props.sizePx}px`, height: `${props.sizePx}px`, 'font-size': `${props.sizePx * 0.4}px` }}
      aria-hidden="true"
    >
      <Show when={props.avatar} fallback={initial()}>
        {(avatar) => <img src={derivativeUrl(avatar(), 'thumb')} alt="" class="size-full object-cover" />}
      </Show>
    </span>
  )
}
