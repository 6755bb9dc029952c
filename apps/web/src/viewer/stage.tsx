// Where the opened item lies: takes gestures from before its picture has come, and leads to its neighbours.
import { Match, Show, Switch, type JSX } from 'solid-js'
import type { FeedItem } from '../feed/feed-item.ts'
import { Icon } from '../ui/icon.tsx'
import { viewerWords as words } from '../words/viewer-words.ts'
import type { Gestures } from './gestures.ts'
import type { Playback } from './playback.ts'
import { StageItem } from './stage-item.tsx'
import type { Viewing } from './viewing.ts'

type StageProps = {
  viewing: Viewing
  gestures: Gestures
  stageRef: (stage: HTMLDivElement) => void
  boxRef: (box: HTMLElement) => void
  onShown: (item: FeedItem) => void
  onPlayback: (playback: Playback | undefined) => void
  isIdle: boolean
}

export function Stage(props: StageProps): JSX.Element {
  const view = () => props.gestures.view()
  const drag = () => props.gestures.drag()
  return (
    <div
      ref={(element) => props.stageRef(element)}
      data-stage
      class="@container-[size] relative grid min-h-0 flex-1 touch-none place-items-center overflow-hidden"
      classList={{ 'cursor-grab': view().scale > 1, 'cursor-none': props.isIdle }}
    >
      <Switch fallback={<p class="pulse">{words.loading}</p>}>
        <Match when={props.viewing.fault()}>
          {(sentence) => (
            <div class="flex flex-col items-center gap-4 px-6 text-center">
              <p role="alert" class="text-balance">
                {sentence()}
              </p>
              <button
                type="button"
                class="button border-white/40 hover:bg-white/12"
                onClick={() => props.viewing.close()}
              >
                {words.back}
              </button>
            </div>
          )}
        </Match>
        <Match when={props.viewing.item()} keyed>
          {(shown) => (
            <div
              class="grid size-full place-items-center"
              classList={{ 'transition-transform': !props.gestures.isDragging() }}
              style={{
                transform: `translate(${view().xPx + drag().x}px, ${view().yPx + drag().y}px) scale(${view().scale * (1 - props.gestures.dragShare() * 0.2)})`,
              }}
            >
              <StageItem
                item={shown}
                renew={props.viewing.renew}
                boxRef={(box) => props.boxRef(box)}
                onShown={() => props.onShown(shown)}
                onPlayback={(playback) => props.onPlayback(playback)}
              />
            </div>
          )}
        </Match>
      </Switch>
      <Show when={!props.isIdle}>
        <StepButton
          side="left"
          isThere={props.viewing.neighbour(-1) !== undefined}
          onStep={() => props.viewing.step(-1)}
        />
        <StepButton
          side="right"
          isThere={props.viewing.neighbour(1) !== undefined}
          onStep={() => props.viewing.step(1)}
        />
      </Show>
    </div>
  )
}

function StepButton(props: { side: 'left' | 'right'; isThere: boolean; onStep: () => void }): JSX.Element {
  return (
    <Show when={props.isThere}>
      <button
        type="button"
        class="absolute top-1/2 hidden size-14 -translate-y-1/2 place-items-center rounded-full bg-black/45 transition-colors hover:bg-black/70 wide:grid"
        classList={{ 'left-3': props.side === 'left', 'right-3': props.side === 'right' }}
        aria-label={props.side === 'left' ? words.previous : words.next}
        onClick={() => props.onStep()}
      >
        <Icon name={props.side} size={28} />
      </button>
    </Show>
  )
}
