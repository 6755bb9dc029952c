// What plays an opened film or sound: one media element, its signed address and where it stands. Made anew for every
// item, so nothing plays on behind another. A signature may end in the middle of a long film: the browser then reports
// an error, a new signature is asked for, and playing goes on at the same second.
import { createSignal, onCleanup, onMount } from 'solid-js'
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

export type Playback = ReturnType<typeof createPlayback>

/** Must run inside a reactive root. The element comes with `adopt`, once it is drawn. */
export function createPlayback({ item, renew, onShown }: PlaybackDeps) {
  const [src, setSrc] = createSignal<string>()
  const [isBroken, setBroken] = createSignal(false)
  const [isUnknownFormat, setUnknownFormat] = createSignal(false)
  const [isPlaying, setPlaying] = createSignal(false)
  const [isMuted, setMuted] = createSignal(false)
  const [atSeconds, setAtSeconds] = createSignal(0)
  const [lengthSeconds, setLengthSeconds] = createSignal((item.durationMs ?? 0) / 1000)
  let media: HTMLMediaElement | undefined
  let delivery = item.delivery
  let failure: { atSeconds: number; isPlaying: boolean; renewals: number } | null = null

  const open = async (mustRenew: boolean) => {
    try {
      if (mustRenew || isExpiring({ ...item, delivery }, Date.now())) delivery = await renew(item)
      const url = playUrl({ delivery })
      if (url === src()) media?.load()
      else setSrc(url)
    } catch {
      setBroken(true)
    }
  }
  onMount(() => void open(false))
  // Stops a load that nobody waits for any more.
  onCleanup(() => {
    media?.removeAttribute('src')
    media?.load()
  })

  const onError = () => {
    // Taken away by ourselves.
    if (media === undefined || !media.hasAttribute('src')) return
    const at = media.currentTime > 0 ? media.currentTime : (failure?.atSeconds ?? 0)
    const isSame = failure !== null && Math.abs(at - failure.atSeconds) <= elsewhereSeconds
    failure = {
      atSeconds: at,
      // The element forgets it when it begins anew.
      isPlaying: isSame && failure !== null ? failure.isPlaying || !media.paused : !media.paused,
      renewals: isSame && failure !== null ? failure.renewals + 1 : 1,
    }
    if (failure.renewals <= renewalsMax) void open(true)
    else void giveUp(media.error !== null && media.error.code === media.error.MEDIA_ERR_SRC_NOT_SUPPORTED)
  }

  /** Browsers report a refused address and an unknown format alike: the file is there for one of them. */
  const giveUp = async (mayBeUnknown: boolean) => {
    setUnknownFormat(mayBeUnknown && (await isThere(src())))
    setBroken(true)
  }

  const onLoadedMetadata = () => {
    if (media === undefined) return
    setBroken(false)
    if (Number.isFinite(media.duration)) setLengthSeconds(media.duration)
    onShown()
    if (failure === null) return
    media.currentTime = failure.atSeconds
    if (failure.isPlaying) void media.play().catch(() => undefined)
  }

  const follow = () => {
    if (media === undefined) return
    setPlaying(!media.paused && !media.ended)
    setAtSeconds(media.currentTime)
    setMuted(media.muted)
  }

  function adopt(element: HTMLMediaElement): void {
    media = element
    element.addEventListener('error', onError)
    element.addEventListener('loadedmetadata', onLoadedMetadata)
    for (const name of ['play', 'pause', 'ended', 'timeupdate', 'seeking', 'volumechange'])
      element.addEventListener(name, follow)
  }

  const seek = (seconds: number): void => {
    if (media === undefined || lengthSeconds() === 0) return
    media.currentTime = Math.min(Math.max(0, seconds), lengthSeconds())
    setAtSeconds(media.currentTime)
  }

  return {
    src,
    adopt,
    isBroken,
    /** Known once it is broken: the file is there, and this browser does not know what it is. */
    isUnknownFormat,
    isPlaying,
    isMuted,
    atSeconds,
    /** 0 while it is not known. */
    lengthSeconds,
    seek,
    seekBy: (seconds: number) => seek((media?.currentTime ?? 0) + seconds),
    toggle(): void {
      if (media?.paused === true) void media.play().catch(() => undefined)
      else media?.pause()
    },
    toggleMute(): void {
      if (media !== undefined) media.muted = !media.muted
    },
    /** After it was given up. */
    retry(): void {
      failure = failure === null ? null : { ...failure, renewals: 0 }
      setBroken(false)
      void open(true)
    },
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
