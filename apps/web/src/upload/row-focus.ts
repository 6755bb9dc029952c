// Keeps the focus in a list whose rows come and go by themselves, and of which only those in sight are drawn.
import { createSignal } from 'solid-js'

type Held = { readonly focused: HTMLElement; readonly row: HTMLLIElement; readonly list: HTMLElement }

export type RowFocus = ReturnType<typeof createRowFocus>

/** `content` holds all lists, and takes the focus where no row is left. */
export function createRowFocus(content: () => HTMLElement | undefined) {
  const [held, setHeld] = createSignal<Held | null>(null)
  return {
    /** The row that has the focus is drawn also where nobody sees it. */
    heldKey: () => (held() === null ? undefined : Number(held()?.row.dataset['key'])),
    hold(focused: EventTarget): void {
      const row = focused instanceof HTMLElement ? focused.closest('li') : null
      const list = row?.parentElement
      setHeld(focused instanceof HTMLElement && row !== null && list != null ? { focused, row, list } : null)
    },
    letGo: () => void setHeld(null),
    /** A row that has gone leaves its focus to the one in its place: to none of its buttons, which act on another file. */
    restore(): void {
      const before = held()
      if (before === null || document.activeElement !== document.body) return
      const { focused, row, list } = before
      if (focused.isConnected) return focused.focus({ preventScroll: true })
      const rows = [...((list.isConnected ? list : content())?.querySelectorAll('li') ?? [])]
      const next = rows.find(({ ariaPosInSet }) => ariaPosInSet === row.ariaPosInSet) ?? rows.at(-1) ?? content()
      next?.focus({ preventScroll: true })
    },
  }
}
