import { Show, type JSX } from 'solid-js'
import { words as allWords } from '../words/words.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { playUrl } from './play-url.ts'
import type { Delivery } from './playback.ts'

type NotPlayedProps = {
  sentence: string
  more?: string | undefined
  delivery: Delivery
  onRetry?: (() => void) | undefined
}

/** Why there is nothing to hear or see, and the ways on: once more, or the file itself in another program. */
export function NotPlayed(props: NotPlayedProps): JSX.Element {
  return (
    <div role="alert" class="pointer-events-auto flex flex-col items-center gap-3 text-center text-white">
      <p class="max-w-90 text-balance">
        {props.sentence} <Show when={props.more}>{(more) => <span class="text-white/75">{more()}</span>}</Show>
      </p>
      <div class="flex flex-wrap justify-center gap-2">
        <Show when={props.onRetry}>
          {(retry) => (
            <button type="button" class="button border-white/40 hover:bg-white/12" onClick={() => retry()()}>
              {allWords.fault.retry}
            </button>
          )}
        </Show>
        <a
          class="button border-white/40 hover:bg-white/12"
          href={playUrl({ delivery: props.delivery })}
          target="_blank"
          rel="noopener"
        >
          {words.player.openFile}
        </a>
      </div>
    </div>
  )
}
