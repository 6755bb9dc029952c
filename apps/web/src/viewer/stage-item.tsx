// What lies on the stage: a picture, something that plays, or a file that can only be kept.
import { Match, Suspense, Switch, type JSX } from 'solid-js'
import type { FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import type { Delivery, Playback } from './playback.ts'
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
    <Switch fallback={<NoPicture item={props.item} />}>
      <Match when={props.item.hasPlay}>
        <Suspense fallback={<p class="pulse">{words.loading}</p>}>
          <StagePlayer {...props} />
        </Suspense>
      </Match>
      <Match when={props.item.hasPoster}>
        <StagePicture item={props.item} boxRef={(box) => props.boxRef(box)} onShown={() => props.onShown()} />
      </Match>
    </Switch>
  )
}

/** An item that is kept as it came, with nothing of it to show or play. */
function NoPicture(props: { item: FeedItem }): JSX.Element {
  return (
    <div class="flex max-w-90 flex-col items-center gap-3 p-6 text-center">
      <span class="grid size-20 place-items-center rounded-full bg-white/10">
        <Icon name={props.item.kind} size={36} />
      </span>
      <p class="text-lg font-medium">{nameItem(props.item)}</p>
      <p class="text-white/70">{words.player.notPlayable}</p>
    </div>
  )
}
