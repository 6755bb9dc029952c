import { Show, type JSX } from 'solid-js'
import { mediaFormats } from '@shoebox/shared/media/kinds.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { words as allWords } from '../words/words.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { playUrl } from './play-url.ts'
import type { Playback } from './playback.ts'
import { saveItem, useMaySave } from './save-item.ts'

type NotPlayedProps = {
  item: FeedItem
  sentence: string
  more?: string | undefined
  onRetry?: (() => void) | undefined
}

/** Why there is nothing to hear or see, and the ways on: once more, or the file itself in another program. */
export function NotPlayed(props: NotPlayedProps): JSX.Element {
  const maySave = useMaySave(() => props.item)
  return (
    <div role="alert" class="pointer-events-auto flex flex-col items-center gap-3 text-center text-white">
      <p class="max-w-90 text-balance">
        {props.sentence} <Show when={props.more}>{(more) => <span class="text-white/75">{more()}</span>}</Show>
      </p>
      {/* Over a very wide film there is room for the words alone. */}
      <div class="flex flex-wrap justify-center gap-2 empty:hidden [@container(max-height:128px)]:hidden">
        <Show when={props.onRetry}>
          {(retry) => (
            <button type="button" class={buttonClass} onClick={() => retry()()}>
              {allWords.fault.retry}
            </button>
          )}
        </Show>
        <Show when={maySave()} fallback={<Opened item={props.item} />}>
          <button type="button" class={buttonClass} onClick={() => saveItem(props.item)}>
            {words.download}
          </button>
        </Show>
      </div>
    </div>
  )
}

const buttonClass = 'button border-white/40 hover:bg-white/12'

/** For visitors, who download nothing. */
const Opened = (props: { item: FeedItem }): JSX.Element => (
  <Show when={props.item.hasPlay}>
    <a class={buttonClass} href={playUrl(props.item)} target="_blank" rel="noopener">
      {words.player.openFile}
    </a>
  </Show>
)

/** Playing was given up: the browser does not know the format, or the file did not come. */
export function GivenUp(props: { item: FeedItem; playback: Playback; codec: string | null | undefined }): JSX.Element {
  const isUnknown = () => props.playback.broken() === 'unknown-format'
  return (
    <NotPlayed
      item={props.item}
      sentence={isUnknown() ? words.player.unknown(nameFormat(props.item, props.codec)) : words.player.failed}
      more={isUnknown() ? words.player.elsewhere : undefined}
      onRetry={isUnknown() ? undefined : () => props.playback.retry()}
    />
  )
}

export const nameFormat = (item: FeedItem, codec: string | null | undefined): string =>
  codec == null ? mediaFormats[item.type].label : words.codec(codec)
