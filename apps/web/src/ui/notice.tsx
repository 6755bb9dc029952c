import { Show, type JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'

/** A quiet block in the middle of a screen: nothing here yet, or something went wrong, and the one thing to do. */
export function Notice(props: {
  icon: IconName
  title: string
  text: string
  children?: JSX.Element
  alert?: boolean
  /** It is all there is on the page, so its title is the page's. */
  isPage?: boolean
}): JSX.Element {
  return (
    <div
      class="fade mx-auto flex max-w-105 flex-col items-center gap-3 px-4 py-20 text-center"
      role={props.alert ? 'alert' : undefined}
    >
      <span class="mb-1 grid size-14 place-items-center rounded-full bg-sunken text-soft">
        <Icon name={props.icon} size={26} />
      </span>
      <Show when={props.isPage} fallback={<h2 class="text-xl font-semibold">{props.title}</h2>}>
        <h1 class="text-xl font-semibold">{props.title}</h1>
      </Show>
      <p class="text-balance text-soft">{props.text}</p>
      <Show when={props.children}>
        <div class="mt-2 flex gap-3">{props.children}</div>
      </Show>
    </div>
  )
}
