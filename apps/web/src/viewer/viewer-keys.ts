// The keys of an opened item. Heard on the whole page: they mean the item also after the focus fell to the page, with a
// form that closed for instance.
import { onCleanup, onMount } from 'solid-js'
import type { Playback } from './playback.ts'

export type ViewerKeys = {
  readonly playback: () => Playback | undefined
  readonly step: (by: 1 | -1) => void
  readonly like: () => void
  readonly details: () => void
  readonly captions: () => void
  readonly comments: () => void
  readonly trash: () => void
  readonly download: () => void
  readonly zoom: () => void
  readonly slideshow: () => void
  /** Undefined while no slideshow is on. */
  readonly pauseSlideshow: () => (() => void) | undefined
}

export function watchViewerKeys(keys: ViewerKeys): void {
  const actions: Record<string, () => void> = {
    ArrowLeft: () => keys.step(-1),
    ArrowRight: () => keys.step(1),
    l: keys.like,
    i: keys.details,
    c: keys.captions,
    t: keys.comments,
    z: keys.zoom,
    s: keys.slideshow,
    D: keys.download,
    Delete: keys.trash,
  }
  const find = ({ key, target }: KeyboardEvent) => {
    const playback = keys.playback()
    // What has the focus comes first: a film pauses, a button is pressed.
    const isTaken = target instanceof HTMLMediaElement || target instanceof HTMLButtonElement
    if (key === ' ' && !(target instanceof HTMLButtonElement) && keys.pauseSlideshow() !== undefined)
      return keys.pauseSlideshow()
    if (key === ' ' && !isTaken && playback !== undefined) return () => playback.toggle()
    if (key === 'm' && playback !== undefined) return () => playback.toggleMute()
    return Object.hasOwn(actions, key) ? actions[key] : undefined
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLTextAreaElement) return
    // A sheet over the item has its keys to itself.
    if (document.querySelectorAll('dialog[open]').length > 1) return
    const action = find(event)
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
}
