import type { Selection } from './selection.ts'
import type { Timeline } from './timeline-store.ts'

/** Chooses what is loaded at once, then what was not looked at yet, as it comes. Each item is touched a few times at most. */
export async function chooseAll(timeline: Timeline, selection: Selection): Promise<void> {
  selection.set(
    timeline.chunks().flatMap(({ ids }) => ids ?? []),
    true,
  )
  const chosen = selection.ids()
  await timeline
    .loadAll((ids) => {
      // Nobody waits any more whose selection is gone, also when another has begun.
      const isWanted = selection.ids() === chosen
      if (isWanted) selection.set(ids, true)
      return isWanted
    })
    .catch(() => undefined)
}
