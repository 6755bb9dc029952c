// What is chosen, how to be rid of the choice, and what can be done with it. Appears over the place bar of a phone; on a
// wide screen beside the heading of what is looked at, where it takes no room: nothing moves under a pointer that chooses.
import { createEffect, type JSX } from 'solid-js'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { galleryWords } from '../words/gallery-words.ts'

type ChosenBarProps = {
  /** What it says, and the same in little room. */
  long: string
  short: string
  clearName?: string
  onClear: () => void
  children?: JSX.Element
}

export function ChosenBar(props: ChosenBarProps): JSX.Element {
  createEffect(() => announce(props.long))
  return (
    <div class="z-30 wide:sticky wide:top-0 wide:h-0">
      <div
        role="toolbar"
        aria-label={props.long}
        class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex items-center gap-1 rounded-box border border-line bg-raised px-2 py-1 wide:absolute wide:inset-x-auto wide:top-px wide:right-0 wide:bottom-auto"
      >
        <button
          type="button"
          class="button-icon"
          aria-label={props.clearName ?? galleryWords.clear}
          onClick={() => props.onClear()}
        >
          <Icon name="close" />
        </button>
        <span class="flex-1 truncate font-medium tabular-nums wide:pr-2">
          <span class="max-wide:sr-only">{props.long}</span>
          <span class="wide:hidden" aria-hidden="true">
            {props.short}
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
