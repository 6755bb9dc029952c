// What is chosen in a gallery. Has no limit, and knows from where a range with shift goes. It grows in place: a copy with
// each page of a hundred thousand items would take the square of that.
import { createSignal, onCleanup, untrack } from 'solid-js'
import type { MediaId } from '../feed/feed-item.ts'

export type Selection = ReturnType<typeof createSelection>

const none: ReadonlySet<MediaId> = new Set()

/**
 * `between` lists the items from one to the other, both included, in the order of the gallery. Must be called inside a
 * reactive root.
 */
export function createSelection(between: (from: MediaId, to: MediaId) => readonly MediaId[]) {
  const [chosen, setChosen] = createSignal(new Set<MediaId>(), { equals: false })
  const [preview, setPreview] = createSignal(none)
  /** Where the next range begins: what was chosen last. */
  let anchor: MediaId | null = null
  /** By hand, so that what comes later of everything leaves them out. */
  const takenOut = new Set<MediaId>()

  const rangeTo = (id: MediaId): readonly MediaId[] => (anchor === null ? [id] : between(anchor, id))

  const set = (ids: readonly MediaId[], isChosen: boolean): void => {
    const after = untrack(chosen)
    for (const id of ids) {
      if (isChosen) {
        after.add(id)
        takenOut.delete(id)
      } else {
        after.delete(id)
        takenOut.add(id)
      }
    }
    setChosen(after)
  }

  /** Under the pointer. */
  let hovered: MediaId | null = null
  const showPreview = (isShift: boolean): void => {
    const isAsked = isShift && untrack(chosen).size > 0
    setPreview(isAsked && hovered !== null ? new Set(rangeTo(hovered)) : none)
  }
  watchShift(showPreview)

  return {
    /** The same set from one clear() to the next: whoever keeps it copies it. */
    ids: (): ReadonlySet<MediaId> => chosen(),
    count: () => chosen().size,
    isOn: () => chosen().size > 0,
    has: (id: MediaId) => chosen().has(id),
    /** True for what a click with shift would take, while the pointer is there. */
    wouldTake: (id: MediaId) => preview().has(id),
    set,

    /** Chooses them all but what was taken out by hand. */
    fill: (ids: readonly MediaId[]): void =>
      set(
        ids.filter((id) => !takenOut.has(id)),
        true,
      ),
    forgetTakenOut: (): void => takenOut.clear(),

    toggle(id: MediaId): void {
      set([id], !chosen().has(id))
      anchor = id
    },

    takeRange(id: MediaId): void {
      set(rangeTo(id), true)
      setPreview(none)
      anchor = id
    },

    /** The pointer is on this item; null: on none. What a click with shift would take is shown while the key is down. */
    hover(id: MediaId | null, isShift: boolean): void {
      hovered = id
      showPreview(isShift)
    },

    /** Chooses all of them, or none when all are chosen. */
    toggleAll(ids: readonly MediaId[]): void {
      set(ids, !ids.every((id) => chosen().has(id)))
    },

    clear(): void {
      setChosen(new Set<MediaId>())
      setPreview(none)
      takenOut.clear()
      anchor = null
    },
  }
}

/** Tells whether the key is down, as it changes. */
function watchShift(tell: (isDown: boolean) => void): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Shift' && !event.repeat) tell(event.type === 'keydown')
  }
  // Whoever goes to another window lets go of the key there.
  const onBlur = () => tell(false)
  document.addEventListener('keydown', onKey)
  document.addEventListener('keyup', onKey)
  addEventListener('blur', onBlur)
  onCleanup(() => {
    document.removeEventListener('keydown', onKey)
    document.removeEventListener('keyup', onKey)
    removeEventListener('blur', onBlur)
  })
}
