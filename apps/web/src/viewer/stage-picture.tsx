// The opened picture: its thumbhash in the right box at once, then the preview. Made anew for every item, so a late
// load of the one before can never replace it.
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import { isExpiring, pictureUrl, type FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { paintThumbhash } from '../feed/paint-thumbhash.ts'
import { useShelf } from '../feed/use-shelf.ts'
import { viewerWords as words } from '../words/viewer-words.ts'

export function StagePicture(props: {
  item: FeedItem
  boxRef: (box: HTMLElement) => void
  /** It is seen, or it is known that it will not come. */
  onShown: () => void
}): JSX.Element {
  const shelf = useShelf()
  const [src, setSrc] = createSignal<string>()
  const [isLoaded, setLoaded] = createSignal(false)
  const [isBroken, setBroken] = createSignal(false)
  let renewals = 0
  let image: HTMLImageElement | undefined
  let canvas: HTMLCanvasElement | undefined

  const giveUp = () => {
    setBroken(true)
    props.onShown()
  }
  const show = async (mustRenew: boolean) => {
    try {
      if (mustRenew || isExpiring(props.item, serverNow())) await shelf.renew(props.item.id)
      setSrc(pictureUrl(props.item, 'preview'))
    } catch {
      giveUp()
    }
  }
  onMount(() => {
    void show(false)
    if (canvas !== undefined && props.item.thumbhash !== null) paintThumbhash(canvas, props.item.thumbhash)
  })
  // Stops a load that nobody waits for any more.
  onCleanup(() => image?.removeAttribute('src'))

  const width = () => props.item.widthPx ?? 4
  const height = () => props.item.heightPx ?? 3
  /** Small pictures are not blown up to the whole screen. */
  const widthMax = () => Math.max(width(), 320)

  return (
    <div
      ref={(element) => props.boxRef(element)}
      class="relative"
      style={{
        'aspect-ratio': `${width()} / ${height()}`,
        width: `min(100cqw, ${(width() / height()) * 100}cqh, ${widthMax()}px)`,
      }}
    >
      <Show when={!isLoaded()}>
        <canvas ref={(element) => (canvas = element)} class="absolute inset-0 size-full" aria-hidden="true" />
      </Show>
      <img
        ref={(element) => (image = element)}
        src={src()}
        alt={nameItem(props.item)}
        draggable={false}
        crossorigin="anonymous"
        class="absolute inset-0 size-full text-transparent"
        onLoad={() => {
          setBroken(false)
          setLoaded(true)
          props.onShown()
        }}
        onError={() => {
          renewals += 1
          if (renewals <= 2) void show(true)
          else giveUp()
        }}
      />
      <Show when={isBroken()}>
        <p role="alert" class="absolute inset-0 grid place-items-center bg-black/60 p-4 text-center text-white">
          {words.failed}
        </p>
      </Show>
    </div>
  )
}
