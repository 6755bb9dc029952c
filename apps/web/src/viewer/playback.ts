// What plays an opened film or sound: one media element, its signed address and where it stands. Made anew for every
// item, so nothing plays on behind another. A signature may end in the middle of a long film: the browser then reports
// an error, a new signature is asked for, and playing goes on at the same second.
import { createSignal, onCleanup, onMount } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import { isExpiring, type FeedItem } from '../feed/feed-item.ts'
import { playUrl } from './play-url.ts'

/** Failures at one place before playing is given up. */
const renewalsMax = 2
/** A failure this far from the last one is another one: a signature that ended, not a part that cannot be played. */
const elsewhereSeconds = 1
export const stepSeconds = 5

export type Delivery = FeedItem['delivery']

export type PlaybackDeps = {
  readonly item: FeedItem
  /** Asks for a new signature. */
  readonly renew: (item: FeedItem) => Promise<Delivery>
  readonly onShown: () => void
}

type Failure = { readonly atSeconds: number; readonly renewals: number }

/** Must be made inside a reactive root. The element comes with `adopt`, once it is drawn. */
export class Playback {
  readonly #deps: PlaybackDeps
  readonly #src = createSignal<string>()
  readonly #broken = createSignal<'unknown-format' | 'failed' | null>(null)
  readonly #isPlaying = createSignal(false)
  readonly #hasEnded = createSignal(false)
  readonly #isMuted = createSignal(false)
  /** What else its keys speak to, while it is there. */
  captions: { toggle(): void } | null = null
  readonly #atSeconds = createSignal(0)
  readonly #lengthSeconds = createSignal(0)
  #media: HTMLMediaElement | undefined
  #delivery: Delivery
  #failure: Failure | null = null
  /** Last asked to play, not to pause. An element that is given another address forgets that it was playing. */
  #isWanted = false

  constructor(deps: PlaybackDeps) {
    this.#deps = deps
    this.#delivery = deps.item.delivery
    this.#lengthSeconds[1]((deps.item.durationMs ?? 0) / 1000)
    onMount(() => void this.#open(false))
    // Stops a load that nobody waits for any more.
    onCleanup(() => {
      this.#media?.removeAttribute('src')
      this.#media?.load()
    })
  }

  readonly delivery = () => this.#delivery
  readonly src = () => this.#src[0]()
  /** Why it was given up. */
  readonly broken = () => this.#broken[0]()
  readonly isPlaying = () => this.#isPlaying[0]()
  readonly hasEnded = () => this.#hasEnded[0]()
  readonly isMuted = () => this.#isMuted[0]()
  readonly atSeconds = () => this.#atSeconds[0]()
  /** 0 while it is not known. */
  readonly lengthSeconds = () => this.#lengthSeconds[0]()

  readonly adopt = (media: HTMLMediaElement): void => {
    this.#media = media
    media.addEventListener('error', () => this.#onError(media))
    media.addEventListener('loadedmetadata', () => this.#onLoadedMetadata(media))
    const follow = () => {
      this.#isPlaying[1](!media.paused && !media.ended)
      this.#atSeconds[1](media.currentTime)
      this.#isMuted[1](media.muted)
      this.#hasEnded[1](media.ended)
    }
    media.addEventListener('play', () => (this.#isWanted = true))
    media.addEventListener('pause', () => {
      // Chromium's own controls pause what has failed.
      if (media.error === null) this.#isWanted = false
    })
    for (const name of ['play', 'pause', 'ended', 'timeupdate', 'seeking', 'volumechange'])
      media.addEventListener(name, follow)
  }

  seek(seconds: number): void {
    if (this.#media === undefined || this.lengthSeconds() === 0) return
    this.#media.currentTime = Math.min(Math.max(0, seconds), this.lengthSeconds())
    this.#atSeconds[1](this.#media.currentTime)
  }

  seekBy(seconds: number): void {
    this.seek((this.#media?.currentTime ?? 0) + seconds)
  }

  /** Plays as soon as it can; without its sound where the browser wants a gesture for that. */
  start(): void {
    this.#isWanted = true
    if (this.#media !== undefined && this.#media.readyState > 0) void this.#play(this.#media)
  }

  pause(): void {
    this.#isWanted = false
    this.#media?.pause()
  }

  async #play(media: HTMLMediaElement) {
    try {
      await media.play()
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return
      media.muted = true
      await media.play().catch(() => undefined)
    }
  }

  toggle(): void {
    if (this.#media?.paused === true) void this.#media.play().catch(() => undefined)
    else this.#media?.pause()
  }

  toggleMute(): void {
    if (this.#media !== undefined) this.#media.muted = !this.#media.muted
  }

  /** After it was given up. */
  retry(): void {
    if (this.#failure !== null) this.#failure = { ...this.#failure, renewals: 0 }
    this.#broken[1](null)
    void this.#open(true)
  }

  /** A new signature, for what is asked for beside the film. What plays goes on with its own. */
  async renew(): Promise<Delivery> {
    this.#delivery = await this.#deps.renew(this.#deps.item)
    return this.#delivery
  }

  async renewIfExpiring(): Promise<Delivery> {
    const isEnding = isExpiring({ ...this.#deps.item, delivery: this.#delivery }, serverNow())
    return isEnding ? this.renew() : this.#delivery
  }

  async #open(mustRenew: boolean) {
    try {
      await (mustRenew ? this.renew() : this.renewIfExpiring())
      const url = playUrl({ delivery: this.#delivery })
      if (url === this.src()) this.#media?.load()
      else this.#src[1](url)
    } catch {
      this.#broken[1]('failed')
    }
  }

  #onError(media: HTMLMediaElement) {
    // Taken away by ourselves.
    if (!media.hasAttribute('src')) return
    const { atSeconds, renewals } = this.#failure ?? { atSeconds: 0, renewals: 0 }
    const at = media.currentTime > 0 ? media.currentTime : atSeconds
    const isSame = Math.abs(at - atSeconds) <= elsewhereSeconds
    this.#failure = { atSeconds: at, renewals: isSame ? renewals + 1 : 1 }
    if (this.#failure.renewals <= renewalsMax) void this.#open(true)
    else void this.#giveUp(media.error)
  }

  /** Browsers report a refused address and an unknown format alike: the file is there for one of them. */
  async #giveUp(error: MediaError | null) {
    const mayBeUnknown = error !== null && error.code === error.MEDIA_ERR_SRC_NOT_SUPPORTED
    this.#broken[1](mayBeUnknown && (await isThere(this.src())) ? 'unknown-format' : 'failed')
  }

  #onLoadedMetadata(media: HTMLMediaElement) {
    this.#broken[1](null)
    if (Number.isFinite(media.duration)) this.#lengthSeconds[1](media.duration)
    this.#deps.onShown()
    if (this.#failure !== null) media.currentTime = this.#failure.atSeconds
    if (this.#isWanted) void this.#play(media)
  }
}

async function isThere(url: string | undefined): Promise<boolean> {
  if (url === undefined) return false
  try {
    const { ok } = await fetch(url, { headers: { range: 'bytes=0-0' } })
    return ok
  } catch {
    return false
  }
}
