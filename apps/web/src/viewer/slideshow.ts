// Shows one item after another. A picture has its seconds from when it is seen, and leaves only when the next one is
// decoded; a film or a sound is played to its end. At the end of the list it says so and stops: whoever left it running
// finds the last picture, not the first one for the third time.
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import { keepAwakeWhile } from '../upload/keep-awake.ts'
import type { Playback } from './playback.ts'
import { readSeconds, rememberSeconds, type SlideSeconds } from './slide-seconds.ts'

/** How long the end of what is loaded may not be the end of the list. */
const moreWithinMs = 4000

export type SlideshowTargets = {
  readonly item: Accessor<FeedItem | undefined>
  readonly playback: Accessor<Playback | undefined>
  readonly neighbour: (by: 1) => FeedItem | undefined
  readonly step: (by: 1) => void
  /** Ends when its picture can be shown at once, or will not come. */
  readonly whenDecoded: (item: FeedItem) => Promise<void>
  /** Runs it later; answers how to take that back. */
  readonly after: (ms: number, run: () => void) => () => void
  /** There is nothing behind the item that is shown. */
  readonly onEnd: () => void
}

export type Slideshow = ReturnType<typeof createSlideshow>

/** Must be called inside a reactive root. */
export function createSlideshow(targets: SlideshowTargets) {
  const [isOn, setOn] = createSignal(false)
  const [isPaused, setPaused] = createSignal(false)
  const [seconds, setSeconds] = createSignal(readSeconds())
  const [shownId, setShownId] = createSignal<MediaId | null>(null)
  /** Whose time is over. */
  const [dueId, setDueId] = createSignal<MediaId | null>(null)
  const isRunning = () => isOn() && !isPaused()
  // Likes and new signatures make another object of the same item: its time goes on.
  const item = createMemo(targets.item, undefined, { equals: (one, other) => one?.id === other?.id })

  const after = (ms: number, run: () => void) => void onCleanup(targets.after(ms, run))
  keepAwakeWhile(isRunning)
  createEffect(
    on(item, () => {
      setDueId(null)
      setShownId(null)
    }),
  )
  createEffect(() => {
    const opened = item()
    if (opened === undefined || !isRunning()) return
    const playback = opened.hasPlay ? targets.playback() : undefined
    if (playback?.hasEnded() === true) setDueId(opened.id)
    else if (opened.hasPlay && playback?.broken() == null) playback?.start()
    else if (opened.hasPlay || !opened.hasPoster || shownId() === opened.id)
      after(seconds() * 1000, () => setDueId(opened.id))
  })
  createEffect(() => {
    if (!isRunning() || item() === undefined || dueId() !== item()?.id) return
    const next = targets.neighbour(1)
    if (next === undefined) {
      return after(moreWithinMs, () => {
        setOn(false)
        targets.onEnd()
      })
    }
    let isStale = false
    onCleanup(() => (isStale = true))
    void targets.whenDecoded(next).then(() => isStale || targets.step(1))
  })

  return {
    isOn,
    isPaused,
    isRunning,
    seconds,
    start() {
      setPaused(false)
      setOn(true)
    },
    stop: () => void setOn(false),
    togglePause() {
      if (setPaused((paused) => !paused)) targets.playback()?.pause()
    },
    setSeconds(chosen: SlideSeconds) {
      rememberSeconds(chosen)
      setSeconds(chosen)
    },
    /** The picture of an item is seen, or it is known that it will not come. */
    noteShown: (id: MediaId) => void setShownId(id),
    shownId,
  }
}
