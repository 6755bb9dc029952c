// What lies on the stage: a picture, something that plays, or a file that can only be kept.
import { Match, Show, Suspense, Switch, type JSX } from 'solid-js'
import type { FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { NotPlayed } from './not-played.tsx'
import type { Delivery, Playback } from './playback.ts'
import { useMaySave } from './save-item.ts'
import { StagePicture } from './stage-picture.tsx'

const StagePlayer = lazyPart(() => import('./stage-player.tsx').then((file) => file.StagePlayer))

type StageItemProps = {
  item: FeedItem
  renew: (item: FeedItem) => Promise<Delivery>
  boxRef: (box: HTMLElement) => void
  onShown: () => void
  onPlayback: (playback: Playback | undefined) => void
}

export function StageItem(props: StageItemProps): JSX.Element {
  return (
    <Switch fallback={<Picture {...props} />}>
      <Match when={props.item.hasPlay}>
        <Suspense fallback={<p class="pulse">{words.loading}</p>}>
          <StagePlayer {...props} />
        </Suspense>
      </Match>
      <Match when={props.item.kind !== 'image' && props.item.kind}>{(kind) => <Kept {...props} kind={kind()} />}</Match>
    </Switch>
  )
}

const Picture = (props: StageItemProps): JSX.Element => (
  <StagePicture item={props.item} boxRef={(box) => props.boxRef(box)} onShown={() => props.onShown()} />
)

/** A film or a sound that is kept as it came, because no copy of it can be played: its picture, if it has one. */
function Kept(props: StageItemProps & { kind: 'video' | 'audio' }): JSX.Element {
  const maySave = useMaySave(() => props.item)
  const why = () => (
    <NotPlayed
      item={props.item}
      sentence={words.player.notPlayable[props.kind]}
      more={maySave() ? words.player.kept : words.player.onlyOwner(props.item.owner.name)}
    />
  )
  return (
    <Show
      when={props.item.hasPoster}
      fallback={
        <div class="flex flex-col items-center gap-3 p-6 text-center">
          <span class="grid size-20 place-items-center rounded-full bg-white/10">
            <Icon name={props.kind} size={36} />
          </span>
          <p class="text-lg font-medium">{nameItem(props.item)}</p>
          {why()}
        </div>
      }
    >
      <Picture {...props} />
      <div class="pointer-events-none absolute inset-x-0 bottom-0 grid justify-center bg-black/75 p-4">{why()}</div>
    </Show>
  )
}
