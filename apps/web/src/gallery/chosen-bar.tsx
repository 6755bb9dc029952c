// What is chosen, how to be rid of the choice, and what can be done with it. Appears over the place bar of a phone; on a
// wide screen beside the heading of what is looked at, where it takes no room: nothing moves under a pointer that chooses.
import type { JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import type { Selection } from './selection.ts'

export function ChosenBar(props: { selection: Selection; children: JSX.Element }): JSX.Element {
  return (
    <div class="z-30 wide:sticky wide:top-0 wide:h-0">
      <div
        role="toolbar"
        aria-label={galleryWords.chosen(props.selection.count())}
        class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex items-center gap-1 rounded-box border border-line bg-raised px-2 py-1 wide:absolute wide:inset-x-auto wide:top-px wide:right-0 wide:bottom-auto"
      >
        <button
          type="button"
          class="button-icon"
          aria-label={galleryWords.clear}
          onClick={() => props.selection.clear()}
        >
          <Icon name="close" />
        </button>
        <span class="flex-1 truncate font-medium tabular-nums wide:pr-2" aria-live="polite">
          <span class="max-wide:sr-only">{galleryWords.chosen(props.selection.count())}</span>
          <span class="wide:hidden" aria-hidden="true">
            {galleryWords.chosenShort(props.selection.count())}
          </span>
        </span>
        {props.children}
      </div>
    </div>
  )
}

export function ChosenAction(props: { icon: JSX.Element; text: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-box px-3 transition-colors hover:bg-sunken"
      onClick={() => props.onClick()}
    >
      {props.icon}
      <span class="sr-only min-[64rem]:not-sr-only">{props.text}</span>
    </button>
  )
}
