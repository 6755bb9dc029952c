import { For, onMount, type JSX } from 'solid-js'
import { words } from '../words/words.ts'
import { Icon } from './icon.tsx'

export type ShortcutRow = { readonly keys: readonly string[]; readonly text: string }

const feedRows: readonly ShortcutRow[] = [
  { keys: ['←', '↑', '↓', '→'], text: words.shortcuts.move },
  { keys: ['Enter'], text: words.shortcuts.open },
  { keys: ['L'], text: words.shortcuts.like },
  { keys: ['+', '−'], text: words.shortcuts.density },
  { keys: ['I'], text: words.shortcuts.details },
  { keys: ['Z'], text: words.shortcuts.zoom },
  { keys: ['Space'], text: words.shortcuts.play },
  { keys: ['M'], text: words.shortcuts.mute },
  { keys: ['C'], text: words.shortcuts.captions },
  { keys: ['S'], text: words.shortcuts.slideshow },
  { keys: ['Esc'], text: words.shortcuts.close },
  { keys: ['?'], text: words.shortcuts.sheet },
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
          {words.shortcuts.title}
        </h2>
        <button type="button" class="button-icon -mr-2" aria-label={words.close} onClick={() => dialog?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <dl class="flex flex-col">
        <For each={props.rows ?? feedRows}>
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
