// Shows toasts at the foot of the page, and holds the announcer: live regions that are always in the document, so that
// what comes is read out. What lies over the page brings its own, since behind it nothing is read: the last that came
// shows and says.
import { createSignal, For, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { announce, Announcer } from './announcer.tsx'
import { dismiss, holdToasts, toasts, type Toast } from './toasts.tsx'

const [places, setPlaces] = createSignal<readonly symbol[]>([])

function take(toast: Toast): void {
  holdToasts(false)
  dismiss(toast)
  toast.action?.run()
}

/** Ctrl+Z: what is offered stands too far from the keyboard's place on the page. */
function watchUndo(): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.defaultPrevented) return
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null) return
    const toast = toasts().findLast(({ action }) => action !== null)
    if (toast === undefined) return
    event.preventDefault()
    take(toast)
  }
  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
}

export function ToastList(): JSX.Element {
  const own = Symbol()
  // What was said before is not said again at another place.
  const change = (next: (all: readonly symbol[]) => readonly symbol[]) => {
    announce('')
    setPlaces(next)
  }
  change((others) => [...others, own])
  onCleanup(() => change((all) => all.filter((place) => place !== own)))
  const isTop = () => places().at(-1) === own
  watchUndo()
  return (
    <>
      <div
        role="status"
        class="pointer-events-none fixed inset-x-4 bottom-[calc(84px+env(safe-area-inset-bottom))] z-30 flex flex-col items-center gap-2 in-[dialog:not([data-viewer])]:top-4 in-[dialog:not([data-viewer])]:bottom-auto max-wide:in-[:root:has([role=toolbar])]:bottom-[calc(184px+env(safe-area-inset-bottom))] wide:bottom-6"
      >
        <For each={isTop() ? toasts() : []}>
          {(toast) => (
            <p
              class="rise pointer-events-auto flex max-w-120 items-center gap-4 wrap-anywhere rounded-box bg-ink px-4 py-3 text-paper"
              onPointerEnter={() => holdToasts(true)}
              onPointerLeave={() => holdToasts(false)}
              onFocusIn={() => holdToasts(true)}
              onFocusOut={() => holdToasts(false)}
            >
              {toast.text}
              <Show when={toast.action}>
                {(action) => (
                  <button
                    type="button"
                    class="-my-3 -mr-2 min-h-11 shrink-0 px-2 font-semibold underline underline-offset-3"
                    onClick={() => take(toast)}
                  >
                    {action().text}
                  </button>
                )}
              </Show>
            </p>
          )}
        </For>
      </div>
      <Announcer isOn={isTop()} />
    </>
  )
}
