// Short messages: the last that was said, and the last that can be taken back, where anyone may say
// something. toast-list.tsx shows them.
import { createSignal } from 'solid-js'

/** The one thing that can be done about it, such as to undo it. */
export type ToastAction = { readonly text: string; readonly run: () => void }

export type Toast = { readonly id: number; readonly text: string; readonly action: ToastAction | null }

/** Long enough to read a sentence twice; where there is something to do, to think about it too. */
const shownMs = 6000
const shownWithActionMs = 10_000

const [toasts, setToasts] = createSignal<readonly Toast[]>([])
let isHeld = false
let lastId = 0

export { toasts }

/** Somebody reads one, or is about to press it. */
export const holdToasts = (isWished: boolean): void => void (isHeld = isWished)

export function showToast(text: string, action: ToastAction | null = null): void {
  lastId += 1
  // What was held may be about to go, and would never be let go.
  isHeld = false
  const toast = { id: lastId, text, action }
  // What can no longer be taken back from here lies in the trash, or wherever it says.
  setToasts((shown) => [...shown.filter((other) => (other.action === null) !== (action === null)), toast])
  const end = () => (isHeld ? wait() : dismiss(toast))
  const wait = () => setTimeout(end, action === null ? shownMs : shownWithActionMs)
  wait()
}

export const dismiss = (toast: Toast): void => void setToasts((shown) => shown.filter((other) => other !== toast))
