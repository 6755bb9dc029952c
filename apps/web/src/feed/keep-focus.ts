import { createEffect, on, type Accessor } from 'solid-js'
import type { MediaId } from './feed-item.ts'
import type { Crowd } from './crowd.ts'

type FocusedGrid = {
  readonly crowd: Accessor<Crowd>
  readonly focused: Accessor<MediaId | null>
  readonly linkOf: (id: MediaId) => HTMLElement | null | undefined
}

/** Tiles of another kind are other elements: the one with the focus gives it on. */
export function keepFocus({ crowd, focused, linkOf }: FocusedGrid): void {
  const giveOn = () => {
    const id = focused()
    // Not inside the effect: what it changes is in the document only after its end.
    if (id !== null) queueMicrotask(() => linkOf(id)?.focus({ preventScroll: true }))
  }
  createEffect(on(() => crowd() === 'tiny', giveOn, { defer: true }))
}
