// Chooses everything of a gallery: what is loaded at once, and the rest by name, some thousand at a time, without loading
// it. What breaks off keeps what it has, and goes on from there when it is asked again; without a selection it ends.
import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { sentenceForError } from '../words/words.ts'
import type { Selection } from './selection.ts'
import type { Timeline } from './timeline-store.ts'

export type ChooseAll = ReturnType<typeof createChooseAll>

/** Must be called inside a reactive root. */
export function createChooseAll(
  timeline: () => Pick<Timeline, 'chunks' | 'readNames' | 'total'>,
  selection: Selection,
) {
  const [state, setState] = createSignal<'off' | 'running' | 'broken'>('off')
  let stop = new AbortController()
  let cursor: string | null = null
  let chosen: ReadonlySet<unknown> | null = null

  const end = () => {
    stop.abort()
    chosen = null
    setState('off')
  }
  createEffect(on(selection.ids, (ids) => chosen !== null && chosen !== ids && end()))
  onCleanup(end)

  const begin = () => {
    cursor = null
    selection.forgetTakenOut()
    selection.set(
      timeline()
        .chunks()
        .flatMap(({ ids }) => ids ?? []),
      true,
    )
    chosen = selection.ids()
  }

  return {
    /** Null while nothing is on its way. */
    total: () => (state() === 'running' ? timeline().total() : null),
    isBroken: () => state() === 'broken',
    /** Nothing is left to choose. */
    isDone: () => selection.count() === timeline().total(),

    async choose(): Promise<void> {
      if (state() === 'running') return
      if (state() === 'off') begin()
      setState('running')
      const { signal } = (stop = new AbortController())
      try {
        do {
          const page = await timeline().readNames(cursor, signal)
          if (signal.aborted) return
          selection.fill(page.items.map(({ id }) => id))
          cursor = page.nextCursor
        } while (cursor !== null)
        end()
      } catch (error) {
        if (signal.aborted) return
        setState('broken')
        showToast(galleryWords.notAllChosen(selection.count(), sentenceForError(error)))
      }
    },
  }
}
