// The opened film or sound. Fetched with the first of them: photos need none of it.
import { onCleanup, onMount, Show, untrack, type JSX } from 'solid-js'
import type { FeedItem } from '../feed/feed-item.ts'
import { useDetails } from './details-query.ts'
import { Playback, type Delivery } from './playback.ts'
import { StageFilm } from './stage-film.tsx'
import { StageSound } from './stage-sound.tsx'

type StagePlayerProps = {
  item: FeedItem
  renew: (item: FeedItem) => Promise<Delivery>
  boxRef: (box: HTMLElement) => void
  onShown: () => void
  /** Who the viewer's keys speak to, while it is there. */
  onPlayback?: (playback: Playback | undefined) => void
}

export function StagePlayer(props: StagePlayerProps): JSX.Element {
  // The item is one for the life of this component: the viewer makes another for the next.
  const playback = new Playback({
    item: untrack(() => props.item),
    renew: (item) => props.renew(item),
    onShown: () => props.onShown(),
  })
  const details = useDetails(() => props.item)
  onMount(() => props.onPlayback?.(playback))
  // A film plays when it is opened, as everywhere; a sound waits to be asked, and so does motion where it is unwelcome.
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  onMount(() => props.item.kind === 'video' && !isCalm && playback.start())
  onCleanup(() => props.onPlayback?.(undefined))

  return (
    <Show
      when={props.item.kind === 'video'}
      fallback={
        <StageSound item={props.item} playback={playback} details={details.data} boxRef={(box) => props.boxRef(box)} />
      }
    >
      <StageFilm item={props.item} playback={playback} details={details.data} boxRef={(box) => props.boxRef(box)} />
    </Show>
  )
}
