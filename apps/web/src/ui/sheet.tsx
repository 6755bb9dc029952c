// A question or a small form over the page: from the foot of a phone, in the middle of a wide screen. A native modal
// dialog: the page behind is inert, the focus stays inside and returns, Escape closes.
import { createUniqueId, onCleanup, onMount, Suspense, type JSX } from 'solid-js'
import { words } from '../words/words.ts'
import { Icon } from './icon.tsx'
import { ToastList } from './toast-list.tsx'

export function Sheet(props: { title: string; onClose: () => void; children: JSX.Element }): JSX.Element {
  const id = createUniqueId()
  let dialog: HTMLDialogElement | undefined
  onMount(() => {
    const opener = document.activeElement
    dialog?.showModal()
    onCleanup(() => opener instanceof HTMLElement && opener.isConnected && opener.focus({ preventScroll: true }))
  })
  return (
    <dialog
      ref={(element) => (dialog = element)}
      aria-labelledby={id}
      class="rise fixed inset-x-0 bottom-0 m-0 mt-auto max-h-[90dvh] w-full max-w-none overflow-y-auto rounded-t-box border border-line bg-raised px-5 pt-4 pb-[calc(20px+env(safe-area-inset-bottom))] text-ink backdrop:bg-black/50 wide:inset-0 wide:m-auto wide:h-fit wide:w-[min(480px,calc(100vw-32px))] wide:rounded-box wide:pb-5"
      onClose={() => props.onClose()}
      onClick={(event) => event.target === dialog && dialog?.close()}
    >
      <div class="mb-3 flex items-center justify-between gap-3">
        <h2 id={id} class="text-lg font-semibold">
          {props.title}
        </h2>
        <button type="button" class="button-icon -mr-2" aria-label={words.close} onClick={() => dialog?.close()}>
          <Icon name="close" />
        </button>
      </div>
      {/* What is waited for inside must not take the dialog out of the page: back again, it would not be modal. */}
      <Suspense>{props.children}</Suspense>
      {/* The page's own lie behind this dialog, and are not read out. */}
      <ToastList />
    </dialog>
  )
}
