// The captions of an opened film: its tracks, the button that shows them, and the choice among languages, which is
// remembered for the next film. A track is fetched when it is first shown; a signature that ended by then is renewed.
import { createEffect, createSignal, For, onCleanup, onMount, Show, type JSX, type Signal } from 'solid-js'
import { captionFile } from '@shoebox/shared/upload/object-keys.ts'
import { Choice } from '../ui/choice.tsx'
import { Drawing } from '../ui/first-icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { viewerWords } from '../words/viewer-words.ts'
import { chosenAmong, rememberCaptions, type CaptionTrack } from './captions-choice.ts'
import type { Delivery, Playback } from './playback.ts'
import { drawings } from './player-drawings.ts'

const { captions: words } = viewerWords

const off = 'off'
const captionUrl = ({ base, query }: Delivery, n: number): string => `${base}/${captionFile(n + 1)}?${query}`

export class CaptionsShown {
  readonly #tracks: readonly CaptionTrack[]
  readonly #playback: Playback
  readonly #shown: Signal<number | null>
  readonly #delivery: Signal<Delivery>
  readonly #elements: HTMLTrackElement[] = []
  /** What the button and its key turn on again. */
  #last: number

  constructor(tracks: readonly CaptionTrack[], playback: Playback) {
    this.#tracks = tracks
    this.#playback = playback
    this.#shown = createSignal<number | null>(null)
    this.#delivery = createSignal(playback.delivery())
    const remembered = chosenAmong(tracks)
    this.#last = remembered ?? 0
    onMount(() => {
      if (remembered !== null) void this.show(remembered)
    })
  }

  readonly tracks = () => this.#tracks
  readonly shown = () => this.#shown[0]()
  readonly url = (n: number) => captionUrl(this.#delivery[0](), n)

  adopt(element: HTMLTrackElement, n: number): void {
    this.#elements[n] = element
    let hasFailed = false
    // Refused: the browser asked for it long after the film was opened, by its own menu for instance.
    element.addEventListener('error', () => {
      if (hasFailed) return
      hasFailed = true
      void this.#playback.renew().then(this.#delivery[1], () => undefined)
    })
  }

  /** Null shows none. */
  async show(n: number | null): Promise<void> {
    this.#shown[1](n)
    if (n !== null) {
      this.#last = n
      // Before it is asked for: an address that is refused would have to be asked for twice.
      await this.#playback.renewIfExpiring().then(this.#delivery[1], () => undefined)
    }
    this.apply()
  }

  choose(n: number | null): void {
    rememberCaptions(n === null ? null : this.#tracks[n])
    void this.show(n)
  }

  toggle(): void {
    this.choose(this.shown() === null ? this.#last : null)
  }

  /** A film that is loaded anew forgets which of its tracks were shown. */
  apply(): void {
    this.#elements.forEach((element, n) => (element.track.mode = n === this.shown() ? 'showing' : 'disabled'))
  }

  /** The browser's own controls have a menu too. */
  follow(): void {
    const n = this.#elements.findIndex(({ track }) => track.mode === 'showing')
    if (n === (this.shown() ?? -1)) return
    this.#shown[1](n === -1 ? null : n)
    if (n !== -1) this.#last = n
    rememberCaptions(n === -1 ? null : this.#tracks[n])
  }
}

/** Goes into the film's element. */
export function CaptionTracks(props: { captions: CaptionsShown; film: HTMLVideoElement }): JSX.Element {
  createEffect(() => {
    const film = props.film
    const captions = props.captions
    const stop = new AbortController()
    film.textTracks.addEventListener('change', () => captions.follow(), { signal: stop.signal })
    film.addEventListener('loadedmetadata', () => captions.apply(), { signal: stop.signal })
    onCleanup(() => stop.abort())
  })
  return (
    <For each={props.captions.tracks()}>
      {(track, n) => (
        <track
          ref={(element) => props.captions.adopt(element, n())}
          kind="captions"
          src={props.captions.url(n())}
          srclang={track.language ?? undefined}
          label={words.name(track, n() + 1)}
        />
      )}
    </For>
  )
}

/** One language is turned on and off; among several there is a choice. */
export function CaptionsButton(props: { captions: CaptionsShown }): JSX.Element {
  const [isChoosing, setChoosing] = createSignal(false)
  const isOne = () => props.captions.tracks().length === 1
  const options = () => [
    { value: off, name: words.off },
    ...props.captions.tracks().map((track, n) => ({ value: String(n), name: words.name(track, n + 1) })),
  ]
  return (
    // The stage behind takes every pointer for a gesture.
    <div on:pointerdown={(event) => event.stopPropagation()} on:wheel={(event) => event.stopPropagation()}>
      <button
        type="button"
        class="absolute top-2 right-2 grid size-11 place-items-center rounded-full transition-colors"
        classList={{
          'bg-black/55 text-white hover:bg-black/75': props.captions.shown() === null,
          'bg-white text-black hover:bg-white/85': props.captions.shown() !== null,
        }}
        aria-label={words.title}
        aria-pressed={isOne() ? props.captions.shown() !== null : undefined}
        aria-haspopup={isOne() ? undefined : 'dialog'}
        onClick={() => (isOne() ? props.captions.toggle() : setChoosing(true))}
      >
        <Drawing path={drawings.captions} />
      </button>
      <Show when={isChoosing()}>
        <Sheet title={words.title} onClose={() => setChoosing(false)}>
          <Choice
            legend={words.title}
            isLegendHidden
            options={options()}
            value={props.captions.shown() === null ? off : String(props.captions.shown())}
            onChoose={(value) => props.captions.choose(value === off ? null : Number(value))}
          />
        </Sheet>
      </Show>
    </div>
  )
}
