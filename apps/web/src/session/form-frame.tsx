import { Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Mark } from '../ui/first-icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { accountWords } from '../words/account-words.ts'

/** The narrow page of every form about getting in. Tells which files wait for the visitor. */
export function FormFrame(props: { title: string; lead: string; children: JSX.Element }): JSX.Element {
  const { uploads } = useShoebox()
  return (
    <div class="fade mx-auto flex w-full max-w-105 flex-col gap-6 px-5 pt-10 pb-16 wide:pt-20">
      <header class="flex flex-col gap-2">
        <Mark size={40} />
        <h1 class="mt-3 text-[1.75rem] leading-tight font-semibold tracking-tight">{props.title}</h1>
        <p class="text-soft">{props.lead}</p>
      </header>
      <Show when={uploads.heldCount() > 0}>
        <p class="flex items-center gap-3 rounded-box bg-sunken px-4 py-3">
          <Icon name="image" />
          {accountWords.filesWait(uploads.heldCount())}
        </p>
      </Show>
      {props.children}
    </div>
  )
}

/** What a form says about itself as a whole. Always in the page, so that its words are read out when they come. */
export function FormAlert(props: { text: string | undefined }): JSX.Element {
  return (
    <div role="alert" classList={{ hidden: !props.text }}>
      <p class="flex gap-3 rounded-box border border-bad px-4 py-3 text-bad">
        <Icon name="warning" class="mt-px shrink-0" />
        {props.text}
      </p>
    </div>
  )
}
