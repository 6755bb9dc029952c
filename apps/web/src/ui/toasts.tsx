// Short messages at the foot of the page. One polite live region, always in the document, so that they are read out.
import { createSignal, For, type JSX } from 'solid-js'

type Toast = { readonly id: number; readonly text: string }

/** Long enough to read a sentence twice. */
const shownMs = 6000

const [toasts, setToasts] = createSignal<readonly Toast[]>([])
let lastId = 0

export function showToast(text: string): void {
  lastId += 1
  const toast = { id: lastId, text }
  setToasts((shown) => [...shown.filter((other) => other.text !== text).slice(-2), toast])
  setTimeout(() => setToasts((shown) => shown.filter((other) => other !== toast)), shownMs)
}

export function Toasts(): JSX.Element {
  return (
    <div
      role="status"
      class="pointer-events-none fixed inset-x-4 bottom-[calc(84px+env(safe-area-inset-bottom))] z-30 flex flex-col items-center gap-2 wide:bottom-6"
    >
      <For each={toasts()}>
        {(toast) => <p class="rise max-w-120 rounded-box bg-ink px-4 py-3 text-paper">{toast.text}</p>}
      </For>
    </div>
  )
}
