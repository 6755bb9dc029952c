// The opened film, with the browser's own controls: they know picture in picture, casting and captions of their own.
import { createEffect, createMemo, createSignal, Show, type JSX } from 'solid-js'
import { pictureUrl, type FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { CaptionsButton, CaptionsShown, CaptionTracks } from './captions.tsx'
import type { Details } from './details-query.ts'
import { GivenUp, nameFormat, NotPlayed } from './not-played.tsx'
import { stepSeconds, type Playback } from './playback.ts'

type StageFilmProps = {
  item: FeedItem
  playback: Playback
  details: Details | undefined
  boxRef: (box: HTMLElement) => void
}

export function StageFilm(props: StageFilmProps): JSX.Element {
  /** The sound is known to the browser and the picture is not: it plays on in the dark and reports nothing. */
  const [hasNoPicture, setNoPicture] = createSignal(false)
  const [film, setFilm] = createSignal<HTMLVideoElement>()
  const captions = createMemo(() => {
    const tracks = props.details?.captions ?? []
    return tracks.length === 0 ? undefined : new CaptionsShown(tracks, props.playback)
  })
  createEffect(() => (props.playback.captions = captions() ?? null))
  const poster = () => (props.item.hasPoster ? pictureUrl(props.item, 'preview') : undefined)
  const width = () => props.item.widthPx ?? 16
  const height = () => props.item.heightPx ?? 9

  const adopt = (element: HTMLVideoElement) => {
    props.playback.adopt(element)
    setFilm(element)
    // The controls are dragged and tapped themselves: the stage behind them must not take the pointer.
    for (const name of ['pointerdown', 'wheel']) element.addEventListener(name, (event) => event.stopPropagation())
    element.addEventListener('loadeddata', () => setNoPicture(element.videoWidth === 0))
    element.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowLeft' ? -stepSeconds : event.key === 'ArrowRight' ? stepSeconds : 0
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return
      // Neither for the viewer, whose arrows lead to the next item, nor for controls that would step a second time.
      event.preventDefault()
      event.stopPropagation()
      props.playback.seekBy(step)
    })
  }

  return (
    <div
      ref={(element) => props.boxRef(element)}
      class="relative"
      style={{
        'aspect-ratio': `${width()} / ${height()}`,
        width: `min(100cqw, ${(width() / height()) * 100}cqh, ${Math.max(width(), 640)}px)`,
      }}
    >
      <video
        ref={(element) => adopt(element)}
        src={props.playback.src()}
        poster={poster()}
        // Words lie over what was given up, and not over buttons that do nothing.
        controls={props.playback.broken() === null}
        playsinline
        preload="metadata"
        aria-label={nameItem(props.item)}
        // Without it the browser asks for no captions from elsewhere.
        crossorigin="anonymous"
        class="absolute inset-0 size-full"
      >
        <Show when={film()}>
          {(element) => (
            <Show when={captions()} keyed>
              {(shown) => <CaptionTracks captions={shown} film={element()} />}
            </Show>
          )}
        </Show>
      </video>
      <Show when={props.playback.broken() === null && captions()} keyed>
        {(shown) => <CaptionsButton captions={shown} />}
      </Show>
      <Show when={props.playback.broken()}>
        <div class="absolute inset-0 grid place-items-center bg-black/75 p-2">
          <GivenUp item={props.item} playback={props.playback} codec={props.details?.videoCodec} />
        </div>
      </Show>
      <Show when={hasNoPicture() && props.playback.broken() === null}>
        <div class="pointer-events-none absolute inset-0 bottom-14 grid place-items-center bg-black/75 p-2 [container-type:size]">
          <NotPlayed
            item={props.item}
            sentence={words.player.soundOnly(nameFormat(props.item, props.details?.videoCodec))}
            more={words.player.elsewhere}
          />
        </div>
      </Show>
    </div>
  )
}
