// Every part in every state, on one page: what a screen is made of. Its names are those of the code, and its sentences
// are borrowed from the dictionary, so that it speaks every language. Screenshot-tested in both themes and widths.
import { createSignal, For, Show, type JSX } from 'solid-js'
import { screenWords } from '../words/screen-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { shortcutWords } from '../words/shortcut-words.ts'
import { words } from '../words/words.ts'
import { Avatar } from './avatar.tsx'
import { Mark } from './first-icon.tsx'
import { Icon, iconNames } from './icon.tsx'
import { Notice } from './notice.tsx'
import { Buttons, Choices, Fields } from './parts-forms.tsx'
import { showStates } from './parts-states.ts'
import { Sheet } from './sheet.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { showToast } from './toasts.tsx'
import { useTitle } from './use-title.ts'

const names = {
  page: 'Parts',
  colours: 'Colours',
  type: 'Type',
  buttons: 'Buttons',
  icons: 'Icons',
  fields: 'Fields',
  choices: 'Choices',
  avatars: 'Avatars',
  notices: 'Notices',
  overlays: 'Over the page',
  motion: 'Waiting',
}

const colours = [
  'paper',
  'raised',
  'sunken',
  'line',
  'ink',
  'soft',
  'accent',
  'accent-strong',
  'on-accent',
  'bad',
  'good',
]
const sizes = ['text-2xl', 'text-xl', 'text-lg', 'text-base', 'text-sm', 'text-xs']

export function PartsScreen(): JSX.Element {
  useTitle(() => names.page)
  showStates()
  return (
    <div class="fade mx-auto flex max-w-200 flex-col gap-10 px-5 pt-5 pb-16 wide:pt-10">
      <h1 class="text-2xl font-semibold tracking-tight">{names.page}</h1>
      <Colours />
      <Type />
      <Part name={names.buttons}>
        <Buttons />
      </Part>
      <Part name={names.icons}>
        <ul class="flex flex-wrap gap-4">
          <For each={iconNames}>
            {(name) => (
              <li class="flex w-20 flex-col items-center gap-1 text-center text-xs text-soft">
                <Icon name={name} />
                {name}
              </li>
            )}
          </For>
        </ul>
      </Part>
      <Part name={names.fields}>
        <Fields />
      </Part>
      <Part name={names.choices}>
        <Choices />
      </Part>
      <Part name={names.avatars}>
        <div class="flex flex-wrap items-center gap-3">
          <For each={[28, 40, 64, 96]}>{(sizePx) => <Avatar name={words.product} sizePx={sizePx} />}</For>
          {/* No name yet, and one whose first letter takes two code units. */}
          <For each={['', '🦊']}>{(name) => <Avatar name={name} sizePx={64} />}</For>
          <Mark size={64} />
        </div>
      </Part>
      <Notices />
      <Overlays />
      <Part name={names.motion}>
        <p class="pulse text-center">{words.feed.loading}</p>
        <div class="pulse h-20 rounded-box bg-sunken" aria-hidden="true" />
      </Part>
    </div>
  )
}

function Part(props: { name: string; children: JSX.Element }): JSX.Element {
  return (
    <section class="flex flex-col gap-4">
      <h2 class="text-lg font-semibold">{props.name}</h2>
      {props.children}
    </section>
  )
}

function Colours(): JSX.Element {
  return (
    <Part name={names.colours}>
      <ul class="grid grid-cols-2 gap-2 wide:grid-cols-4">
        <For each={colours}>
          {(name) => (
            <li class="flex items-center gap-3 rounded-box border border-line p-2 text-sm">
              <span class="size-8 rounded-box border border-line" style={{ background: `var(--${name})` }} />
              {name}
            </li>
          )}
        </For>
      </ul>
    </Part>
  )
}

function Type(): JSX.Element {
  return (
    <Part name={names.type}>
      <For each={sizes}>
        {(size) => (
          <p class={size}>
            {words.feed.welcome} <span class="text-soft">{size}</span>
          </p>
        )}
      </For>
    </Part>
  )
}

function Notices(): JSX.Element {
  return (
    <Part name={names.notices}>
      <Notice icon="image" title={words.feed.emptyTitle} text={words.feed.empty} />
      <Notice icon="warning" title={words.feed.failedTitle} text={words.fault.ours} alert>
        <button type="button" class="button button-main">
          {words.fault.retry}
        </button>
      </Notice>
      <Notice icon="group" title={words.feed.welcomeMore} text={uploadWords.slow}>
        <button type="button" class="button button-main">
          {words.account.signUp}
        </button>
        <button type="button" class="button button-quiet">
          {screenWords.account.signIn}
        </button>
      </Notice>
    </Part>
  )
}

function Overlays(): JSX.Element {
  const [open, setOpen] = createSignal<'sheet' | 'keys' | null>(null)
  const close = () => setOpen(null)
  const retry = { text: words.fault.retry, run: () => undefined }
  const openers: readonly (readonly [text: string, open: () => unknown])[] = [
    [uploadWords.expand, () => setOpen('sheet')],
    [shortcutWords.title, () => setOpen('keys')],
    [words.like.like, () => showToast(words.like.failed)],
    [words.fault.retry, () => showToast(uploadWords.slow, retry)],
  ]
  return (
    <Part name={names.overlays}>
      <div class="flex flex-wrap gap-3">
        <For each={openers}>
          {([text, show]) => (
            <button type="button" class="button button-quiet" onClick={() => void show()}>
              {text}
            </button>
          )}
        </For>
      </div>
      <Show when={open() === 'sheet'}>
        <Sheet title={uploadWords.panel} onClose={close}>
          <p>{uploadWords.slow}</p>
        </Sheet>
      </Show>
      <Show when={open() === 'keys'}>
        <ShortcutSheet onClose={close} />
      </Show>
    </Part>
  )
}
