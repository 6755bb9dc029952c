import { Show, type JSX } from 'solid-js'

export type NoticeSays = {
  title: string
  text: string
  children?: JSX.Element
  alert?: boolean
  /** It is all there is on the page, so its title is the page's. */
  isPage?: boolean
}

/** What a notice is drawn in: for the first load, which brings its icons itself. */
export function NoticeFrame(props: NoticeSays & { icon: JSX.Element }): JSX.Element {
  return (
    <div
      class="fade mx-auto flex max-w-105 flex-col items-center gap-3 px-4 py-20 text-center"
      role={props.alert ? 'alert' : undefined}
    >
      <span class="mb-1 grid size-14 place-items-center rounded-full bg-sunken text-soft">{props.icon}</span>
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
