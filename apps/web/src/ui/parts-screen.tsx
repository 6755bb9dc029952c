// Every part in every state, on one page: what a screen is made of. Its names are those of the code, and its sentences
// are borrowed from the dictionary, so that it speaks every language. Screenshot-tested in both themes and widths.
import { createSignal, For, Show, type JSX } from 'solid-js'
import { words } from '../words/words.ts'
import { Avatar } from './avatar.tsx'
import { Choice } from './choice.tsx'
import { Icon, iconNames } from './icon.tsx'
import { Notice } from './notice.tsx'
import { Select } from './select.tsx'
import { Sheet } from './sheet.tsx'
import { TextArea } from './text-area.tsx'
import { TextField } from './text-field.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
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
  return (
    <div class="fade mx-auto flex max-w-200 flex-col gap-10 px-5 pt-5 pb-16 wide:pt-10">
      <h1 class="text-2xl font-semibold tracking-tight">{names.page}</h1>
      <Colours />
      <Type />
      <Buttons />
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
      <Fields />
      <Choices />
      <Part name={names.avatars}>
        <div class="flex items-center gap-3">
          <For each={[28, 40, 64, 96]}>{(sizePx) => <Avatar name={words.product} sizePx={sizePx} />}</For>
        </div>
      </Part>
      <Notices />
      <Overlays />
      <Part name={names.motion}>
        <p class="pulse text-center">{words.feed.loading}</p>
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

function Buttons(): JSX.Element {
  return (
    <Part name={names.buttons}>
      <For each={[false, true]}>
        {(disabled) => (
          <div class="flex flex-wrap items-center gap-3">
            <button type="button" class="button button-main" disabled={disabled}>
              {words.account.signUp}
            </button>
            <button type="button" class="button button-quiet" disabled={disabled}>
              <Icon name="up" size={18} />
              {words.places.uploadLong}
            </button>
            <button type="button" class="button-icon" disabled={disabled} aria-label={words.close}>
              <Icon name="close" />
            </button>
            <a class="link" href="/parts">
              {words.fault.toFeed}
            </a>
          </div>
        )}
      </For>
    </Part>
  )
}

function Fields(): JSX.Element {
  const [text, setText] = createSignal('')
  return (
    <Part name={names.fields}>
      <TextField autocomplete="off" value={text()} onInput={setText} name="rest" label={words.shortcuts.title} />
      <TextField
        autocomplete="off"
        value={text()}
        onInput={setText}
        name="hint"
        label={words.theme.label}
        hint={words.feed.empty}
      />
      <TextField
        autocomplete="off"
        value={text()}
        onInput={setText}
        name="wrong"
        label={words.theme.label}
        hint={words.feed.empty}
        error={words.fault.ours}
      />
      <TextField
        autocomplete="off"
        value={text()}
        onInput={setText}
        name="secret"
        label={words.account.signIn}
        type="password"
      />
      <TextArea label={words.feed.title} value={text()} onInput={setText} hint={words.feed.empty} />
      <TextArea label={words.feed.title} value={text()} onInput={setText} error={words.fault.ours} />
      <Select
        label={words.theme.label}
        value="dark"
        options={[
          ['light', words.theme.light],
          ['dark', words.theme.dark],
        ]}
        onChoose={() => undefined}
      />
    </Part>
  )
}

function Choices(): JSX.Element {
  const [kind, setKind] = createSignal<'image' | 'video'>('image')
  const options = [
    { value: 'image', name: words.kinds.image, means: words.upload.dropHint(null) },
    { value: 'video', name: words.kinds.video },
  ] as const
  return (
    <Part name={names.choices}>
      <ThemeSwitch />
      <Choice legend={words.theme.label} options={options} value={kind()} onChoose={setKind} />
      <Choice legend={words.theme.label} options={options} value={undefined} onChoose={setKind} disabled />
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
    </Part>
  )
}

function Overlays(): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  return (
    <Part name={names.overlays}>
      <div class="flex flex-wrap gap-3">
        <button type="button" class="button button-quiet" onClick={() => setOpen(true)}>
          {words.upload.expand}
        </button>
        <button
          type="button"
          class="button button-quiet"
          onClick={() => showToast(words.like.failed, { text: words.fault.retry, run: () => undefined })}
        >
          {words.like.like}
        </button>
      </div>
      <Show when={isOpen()}>
        <Sheet title={words.upload.panel} onClose={() => setOpen(false)}>
          <p>{words.upload.slow}</p>
        </Sheet>
      </Show>
    </Part>
  )
}
