// What is chosen, how to be rid of the choice or to choose everything, and what can be done with it. Appears over the
// place bar of a phone, in two rows; on a wide screen beside the heading of what is looked at, where it takes no room:
// nothing moves under a pointer that chooses.
import { createEffect, Show, type JSX } from 'solid-js'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import type { Progress } from './long-deed.ts'

type ChosenBarProps = {
  text: string
  clearName?: string
  onClear: () => void
  children?: JSX.Element
}

export function ChosenBar(props: ChosenBarProps): JSX.Element {
  createEffect(() => announce(props.text))
  return (
    <div class="z-30 wide:sticky wide:top-0 wide:h-0">
      <div
        role="toolbar"
        aria-label={props.text}
        class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex flex-wrap items-center gap-x-1 rounded-box border border-line bg-raised px-2 py-1 wide:absolute wide:inset-x-auto wide:top-px wide:right-0 wide:bottom-auto wide:flex-nowrap"
      >
        <button
          type="button"
          class="button-icon"
          aria-label={props.clearName ?? galleryWords.clear}
          onClick={() => props.onClear()}
        >
          <Icon name="close" />
        </button>
        <span class="min-w-0 flex-1 truncate font-medium tabular-nums wide:pr-2">{props.text}</span>
        {props.children}
      </div>
    </div>
  )
}

/** Stands first, beside the count. Pressed once nothing is left to choose, and then undoes it. */
export function ChooseAllAction(props: { isAll: boolean; text?: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      aria-pressed={props.isAll}
      class="min-h-11 min-w-11 rounded-box px-3 font-medium whitespace-nowrap transition-colors hover:bg-sunken aria-pressed:text-accent"
      onClick={() => props.onClick()}
    >
      {props.text ?? galleryWords.chooseAll}
    </button>
  )
}

/** The deeds: a row of their own where there is little room. */
export const ChosenActions = (props: { children: JSX.Element }): JSX.Element => (
  <div class="flex basis-full justify-around border-t border-line wide:basis-auto wide:gap-1 wide:border-0">
    {props.children}
  </div>
)

export function ChosenAction(props: { icon: JSX.Element; text: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="flex min-h-[44px] min-w-[44px] items-center justify-center gap-2 rounded-box whitespace-nowrap transition-colors hover:bg-sunken wide:px-3"
      onClick={() => props.onClick()}
    >
      {props.icon}
      <span class="sr-only min-[76rem]:not-sr-only">{props.text}</span>
    </button>
  )
}

/** In place of what is chosen while a long deed is done: how far it is, and its end. */
export function DeedBar(props: { progress: Progress | null; children: JSX.Element }): JSX.Element {
  return (
    <Show when={props.progress} fallback={props.children}>
      {(progress) => (
        <ChosenBar
          text={galleryWords.working(progress().count, progress().total)}
          clearName={galleryWords.stop}
          onClear={() => progress().stop()}
        />
      )}
    </Show>
  )
}
