// The half of the parts page that takes something in: buttons, fields, choices.
import { createSignal, For, type JSX } from 'solid-js'
import { screenWords } from '../words/screen-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { shortcutWords } from '../words/shortcut-words.ts'
import { words } from '../words/words.ts'
import { Choice } from './choice.tsx'
import { Icon } from './icon.tsx'
import { Select } from './select.tsx'
import { TextArea } from './text-area.tsx'
import { TextField } from './text-field.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

const nothing = () => undefined

/** How a button may stand, by the code's names. */
const buttonStates = [
  { state: 'rest', disabled: false },
  { state: 'hover', disabled: false },
  { state: 'focus', disabled: false },
  { state: 'disabled', disabled: true },
] as const
const others = { busy: 'busy', selected: 'selected' }

export function Buttons(): JSX.Element {
  return (
    <>
      <For each={buttonStates}>
        {({ state, disabled }) => (
          <div class="flex flex-wrap items-center gap-3">
            <span class="w-20 text-sm text-soft">{state}</span>
            <button type="button" class="button button-main" data-shown={state} disabled={disabled}>
              {words.account.signUp}
            </button>
            <button type="button" class="button button-quiet" data-shown={state} disabled={disabled}>
              <Icon name="up" size={18} />
              {words.places.uploadLong}
            </button>
            <button
              type="button"
              class="button button-quiet border-bad text-bad"
              data-shown={state}
              disabled={disabled}
            >
              {uploadWords.cancelAll}
            </button>
            <button type="button" class="button-icon" data-shown={state} disabled={disabled} aria-label={words.close}>
              <Icon name="close" />
            </button>
            <a class="link-alone" data-shown={state} href="/parts">
              {screenWords.notHere.toFeed}
            </a>
          </div>
        )}
      </For>
      <div class="flex flex-wrap items-center gap-3">
        <span class="w-20 text-sm text-soft">{others.busy}</span>
        <button type="button" class="button button-main" disabled aria-busy="true">
          {screenWords.account.working}
        </button>
        <span class="w-20 text-sm text-soft">{others.selected}</span>
        <button
          type="button"
          class="button-icon aria-pressed:text-accent"
          aria-pressed="true"
          aria-label={words.like.like}
        >
          <Icon name="heart" />
        </button>
      </div>
      <button type="button" class="button button-quiet max-w-80 self-start py-2 text-left">
        {uploadWords.slow}
      </button>
    </>
  )
}

export function Fields(): JSX.Element {
  const [text, setText] = createSignal('')
  const field = { autocomplete: 'off', onInput: setText } as const
  return (
    <div class="grid grid-cols-1 items-start gap-6 wide:grid-cols-2">
      <TextField {...field} value={text()} name="rest" label={shortcutWords.title} />
      <TextField {...field} value={text()} name="hint" label={screenWords.theme.label} hint={words.feed.empty} />
      <TextField
        {...field}
        value={text()}
        name="wrong"
        label={screenWords.theme.label}
        hint={words.feed.empty}
        error={words.fault.ours}
      />
      <TextField {...field} value={uploadWords.slow} name="long" label={words.feed.welcomeMore} />
      <TextField {...field} value={text()} name="secret" label={screenWords.account.signIn} type="password" />
      <TextField
        {...field}
        value={words.product}
        name="filled-secret"
        label={screenWords.account.signIn}
        type="password"
      />
      <TextArea label={words.feed.title} value={text()} onInput={setText} hint={words.feed.empty} />
      <TextArea label={words.feed.title} value={uploadWords.slow} onInput={setText} error={words.fault.ours} />
      <TextArea label={words.feed.title} value={words.feed.empty} onInput={setText} disabled />
      <Select
        label={screenWords.theme.label}
        value="dark"
        options={[
          ['light', screenWords.theme.light],
          ['dark', screenWords.theme.dark],
        ]}
        onChoose={nothing}
      />
      <Select label={words.feed.welcomeMore} value="" options={[['', uploadWords.slow]]} onChoose={nothing} />
      <Select
        label={screenWords.theme.label}
        value=""
        options={[['', screenWords.theme.dark]]}
        onChoose={nothing}
        disabled
      />
    </div>
  )
}

export function Choices(): JSX.Element {
  const [kind, setKind] = createSignal<'image' | 'video'>('image')
  const options = [
    { value: 'image', name: screenWords.kinds.image, means: uploadWords.dropHint(null) },
    { value: 'video', name: screenWords.kinds.video },
  ] as const
  return (
    <>
      <ThemeSwitch />
      <Choice legend={screenWords.theme.label} options={options} value={kind()} onChoose={setKind} />
      <Choice legend={screenWords.theme.label} options={options} value={undefined} onChoose={setKind} />
      <Choice legend={screenWords.theme.label} options={options} value="video" onChoose={setKind} disabled />
    </>
  )
}
