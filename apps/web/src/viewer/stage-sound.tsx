// The opened sound: its cover, what it is called, its waveform and the few buttons that a sound needs.
import { Show, type JSX } from 'solid-js'
import { pictureUrl, type FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { Drawing } from '../ui/first-icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { viewerWords as words } from '../words/viewer-words.ts'
import type { Details } from './details-query.ts'
import { GivenUp } from './not-played.tsx'
import type { Playback } from './playback.ts'
import { drawings } from './player-drawings.ts'
import { Waveform } from './waveform.tsx'

type StageSoundProps = {
  item: FeedItem
  playback: Playback
  /** Undefined while it is on its way. */
  details: Details | undefined
  boxRef: (box: HTMLElement) => void
}

export function StageSound(props: StageSoundProps): JSX.Element {
  const title = () => props.details?.tags?.title ?? nameItem(props.item)
  const byline = () =>
    [props.details?.tags?.artist, props.details?.tags?.album].filter((part) => part !== undefined).join(' · ')

  return (
    <div
      ref={(element) => props.boxRef(element)}
      class="flex w-full max-w-160 flex-col items-center gap-5 p-5 [@container(max-height:420px)]:gap-2"
      on:pointerdown={(event) => event.stopPropagation()}
    >
      <Show
        when={props.item.hasPoster}
        fallback={
          <span class="grid size-32 place-items-center rounded-box bg-white/8 text-white/70 [@container(max-height:420px)]:hidden">
            <Icon name="audio" size={48} />
          </span>
        }
      >
        <img
          src={pictureUrl(props.item, 'preview')}
          alt=""
          class="max-h-[44cqh] max-w-full rounded-box [@container(max-height:420px)]:hidden"
        />
      </Show>
      <div class="w-full text-center">
        <p class="truncate text-lg font-medium">{title()}</p>
        {/* Holds its line while the words are on their way. */}
        <p class="min-h-6 truncate text-white/70">{byline()}</p>
      </div>
      <Show
        when={props.playback.broken() === null}
        fallback={<GivenUp item={props.item} playback={props.playback} codec={props.details?.audioCodec} />}
      >
        <Waveform playback={props.playback} peaks={props.details?.peaks ?? null} />
        <div class="flex w-full items-center gap-3 tabular-nums">
          <span class="flex-1 text-sm text-white/70">{words.clock(props.playback.atSeconds())}</span>
          <button
            type="button"
            class="grid size-14 place-items-center rounded-full bg-white text-black transition-opacity hover:opacity-85"
            aria-label={props.playback.isPlaying() ? words.player.pause : words.player.play}
            onClick={() => props.playback.toggle()}
          >
            <Drawing path={props.playback.isPlaying() ? drawings.pause : drawings.play} size={28} filled />
          </button>
          <span class="flex flex-1 items-center justify-end gap-1 text-sm text-white/70">
            <button
              type="button"
              class="button-icon"
              aria-label={words.player.mute}
              aria-pressed={props.playback.isMuted()}
              onClick={() => props.playback.toggleMute()}
            >
              <Drawing path={props.playback.isMuted() ? drawings.muted : drawings.sound} />
            </button>
            <Show when={props.playback.lengthSeconds() > 0}>{words.clock(props.playback.lengthSeconds())}</Show>
          </span>
        </div>
      </Show>
      <audio
        ref={(element) => props.playback.adopt(element)}
        src={props.playback.src()}
        preload="metadata"
        aria-label={nameItem(props.item)}
      />
    </div>
  )
}
