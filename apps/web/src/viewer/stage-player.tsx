// The opened film or sound, with the browser's own controls. Made anew for every item, so nothing plays on behind
// another. A signature may end in the middle of a long film: it is renewed and playing goes on where it was.
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { isExpiring, pictureUrl, type FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { words } from '../words/words.ts'
import { playUrl } from './play-url.ts'

/** Failures in a row before playing is given up; one that comes after a while of playing is a signature that ended. */
const renewalsMax = 2
const awhileSeconds = 60

export function StagePlayer(props: {
  item: FeedItem
  boxRef: (box: HTMLElement) => void
  onShown: () => void
}): JSX.Element {
  const { feed } = useShoebox()
  const [src, setSrc] = createSignal<string>()
  const [isBroken, setBroken] = createSignal(false)
  let media: HTMLMediaElement | undefined
  let renewals = 0
  let resume = { atSeconds: 0, isPlaying: false }

  const show = async (mustRenew: boolean) => {
    try {
      if (mustRenew || isExpiring(props.item, Date.now())) await feed.renew(props.item.id)
      const url = playUrl(props.item)
      if (url === src()) media?.load()
      else setSrc(url)
    } catch {
      setBroken(true)
    }
  }
  onMount(() => void show(false))
  // Stops a load that nobody waits for any more.
  onCleanup(() => {
    media?.removeAttribute('src')
    media?.load()
  })

  const onError = () => {
    // Taken away by ourselves.
    if (media === undefined || !media.hasAttribute('src')) return
    if (media.currentTime > resume.atSeconds + awhileSeconds) renewals = 0
    if (media.currentTime > 0) resume = { atSeconds: media.currentTime, isPlaying: !media.paused }
    renewals += 1
    if (renewals <= renewalsMax) void show(true)
    else setBroken(true)
  }
  const onLoadedMetadata = () => {
    props.onShown()
    if (media === undefined || resume.atSeconds === 0) return
    media.currentTime = resume.atSeconds
    if (resume.isPlaying) void media.play().catch(() => undefined)
  }

  /** The controls are dragged and tapped themselves: the stage behind them must not take the pointer. */
  const adopt = (element: HTMLMediaElement) => {
    media = element
    for (const name of ['pointerdown', 'wheel']) element.addEventListener(name, (event) => event.stopPropagation())
  }
  const poster = () => (props.item.hasPoster ? pictureUrl(props.item, 'preview') : undefined)
  const width = () => props.item.widthPx ?? 16
  const height = () => props.item.heightPx ?? 9

  return (
    <Show
      when={props.item.kind === 'video'}
      fallback={
        <div ref={(element) => props.boxRef(element)} class="flex w-full max-w-120 flex-col items-center gap-4 p-6">
          <Show when={poster()}>{(url) => <img src={url()} alt="" class="max-h-[50cqh] rounded-box" />}</Show>
          <p class="text-lg font-medium">{nameItem(props.item)}</p>
          <audio
            ref={adopt}
            src={src()}
            controls
            preload="metadata"
            aria-label={nameItem(props.item)}
            class="w-full"
            onLoadedMetadata={onLoadedMetadata}
            onError={onError}
          />
          <Show when={isBroken()}>
            <Broken />
          </Show>
        </div>
      }
    >
      <div
        ref={(element) => props.boxRef(element)}
        class="relative"
        style={{
          'aspect-ratio': `${width()} / ${height()}`,
          width: `min(100cqw, ${(width() / height()) * 100}cqh, ${Math.max(width(), 640)}px)`,
        }}
      >
        <video
          ref={adopt}
          src={src()}
          poster={poster()}
          controls
          playsinline
          preload="metadata"
          aria-label={nameItem(props.item)}
          class="absolute inset-0 size-full"
          onLoadedMetadata={onLoadedMetadata}
          onError={onError}
        />
        <Show when={isBroken()}>
          <div class="absolute inset-0 grid place-items-center bg-black/60 p-4">
            <Broken />
          </div>
        </Show>
      </div>
    </Show>
  )
}

function Broken(): JSX.Element {
  return (
    <p role="alert" class="text-center text-white">
      {words.viewer.playFailed}
    </p>
  )
}
