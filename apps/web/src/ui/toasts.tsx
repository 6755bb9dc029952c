// Short messages at the foot of the page. One polite live region, always in the document, so that they are read out.
import { createSignal, For, Show, type JSX } from 'solid-js'

/** The one thing that can be done about it, such as to undo it. */
export type ToastAction = { readonly text: string; readonly run: () => void }

type Toast = { readonly id: number; readonly text: string; readonly action: ToastAction | null }

/** Long enough to read a sentence twice; where there is something to do, to think about it too. */
const shownMs = 6000
const shownWithActionMs = 10_000

const [toasts, setToasts] = createSignal<readonly Toast[]>([])
let lastId = 0

export function showToast(text: string, action: ToastAction | null = null): void {
  lastId += 1
  const toast = { id: lastId, text, action }
  setToasts((shown) => [...shown.filter((other) => other.text !== text).slice(-2), toast])
  setTimeout(() => dismiss(toast), action === null ? shownMs : shownWithActionMs)
}

const dismiss = (toast: Toast) => setToasts((shown) => shown.filter((other) => other !== toast))

export function Toasts(): JSX.Element {
  return (
    <div
      role="status"
      class="pointer-events-none fixed inset-x-4 bottom-[calc(84px+env(safe-area-inset-bottom))] z-30 flex flex-col items-center gap-2 wide:bottom-6"
    >
      <For each={toasts()}>
        {(toast) => (
          <p class="rise flex max-w-120 items-center gap-4 rounded-box bg-ink px-4 py-3 text-paper">
            {toast.text}
            <Show when={toast.action}>
              {(action) => (
                <button
                  type="button"
                  class="pointer-events-auto -my-3 -mr-2 min-h-11 shrink-0 px-2 font-semibold underline underline-offset-3"
                  onClick={() => {
                    dismiss(toast)
                    action().run()
                  }}
                >
                  {action().text}
                </button>
              )}
            </Show>
          </p>
        )}
      </For>
    </div>
  )
}
