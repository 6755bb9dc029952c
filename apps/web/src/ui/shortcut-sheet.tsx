import { For, onMount, type JSX } from 'solid-js'
import { shortcutWords } from '../words/shortcut-words.ts'
import { words } from '../words/words.ts'
import { Icon } from './icon.tsx'

export type ShortcutRow = { readonly keys: readonly string[]; readonly text: string }

const feedRows = (): readonly ShortcutRow[] => [
  { keys: [shortcutWords.arrows], text: shortcutWords.move },
  { keys: ['Enter'], text: shortcutWords.open },
  { keys: ['L'], text: shortcutWords.like },
  { keys: ['+', '−'], text: shortcutWords.density },
  { keys: ['I'], text: shortcutWords.details },
  { keys: ['Z'], text: shortcutWords.zoom },
  { keys: ['Shift', 'D'], text: shortcutWords.download },
  { keys: ['Space'], text: shortcutWords.play },
  { keys: ['M'], text: shortcutWords.mute },
  { keys: ['C'], text: shortcutWords.captions },
  { keys: ['S'], text: shortcutWords.slideshow },
  { keys: ['Esc'], text: shortcutWords.close },
  { keys: ['?'], text: shortcutWords.sheet },
]

/** The keys of the feed, or of another place. */
export function ShortcutSheet(props: { rows?: readonly ShortcutRow[]; onClose: () => void }): JSX.Element {
  let dialog: HTMLDialogElement | undefined
  onMount(() => dialog?.showModal())
  return (
    <dialog
      ref={(element) => (dialog = element)}
      aria-labelledby="shortcuts-title"
      class="rise m-auto w-[min(400px,calc(100vw-32px))] rounded-box border border-line bg-raised p-5 text-ink backdrop:bg-black/50"
      onClose={() => props.onClose()}
      onClick={(event) => event.target === dialog && dialog?.close()}
    >
      <div class="mb-2 flex items-center justify-between">
        <h2 id="shortcuts-title" class="text-lg font-semibold">
          {shortcutWords.title}
        </h2>
        <button type="button" class="button-icon -mr-2" aria-label={words.close} onClick={() => dialog?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <dl class="flex flex-col">
        <For each={props.rows ?? feedRows()}>
          {(row) => (
            <div class="flex items-center justify-between border-t border-line py-2">
              <dt>{row.text}</dt>
              <dd class="flex gap-1">
                <For each={row.keys}>
                  {(key) => (
                    <kbd class="min-w-8 rounded-[6px] border border-line bg-sunken px-2 text-center font-sans text-sm leading-7">
                      {key}
                    </kbd>
                  )}
                </For>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </dialog>
  )
}
