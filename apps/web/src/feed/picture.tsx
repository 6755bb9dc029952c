// A tile's picture: its colour at once, its thumbhash a frame later, then the picture itself, all in the same box.
import { createEffect, createSignal, on, onCleanup, onMount, Show, untrack, type JSX } from 'solid-js'
import { chooseDerivative } from '@shoebox/shared/media/derivatives.ts'
import { Icon } from '../ui/icon.tsx'
import { words } from '../words/words.ts'
import { isExpiring, pictureUrl, type FeedItem } from './feed-item.ts'
import { paintThumbhash } from './paint-thumbhash.ts'
import { useShelf } from './use-shelf.ts'

const order = ['thumb', 'tile', 'preview'] as const

const fadeMs = 200

export function Picture(props: { item: FeedItem; heightPx: number; isFirst: boolean; alt: string }): JSX.Element {
  const shelf = useShelf()
  const [src, setSrc] = createSignal<string>()
  const [isLoaded, setLoaded] = createSignal(false)
  // The placeholder goes when the picture has faded in over it; under a see-through one it would stay visible.
  const [isCovered, setCovered] = createSignal(false)
  const [isBroken, setBroken] = createSignal(false)
  let renewals = 0
  let canvas: HTMLCanvasElement | undefined

  const wanted = () => chooseDerivative(props.item.derivatives, props.heightPx, devicePixelRatio)

  /** Points at the picture, with a new signature first where the old one is about to end. */
  const show = async (mustRenew: boolean) => {
    try {
      if (mustRenew || isExpiring(props.item, Date.now())) await shelf.renew(props.item.id)
      const name = untrack(wanted)
      if (name !== null) setSrc(pictureUrl(props.item, name))
    } catch {
      setBroken(true)
    }
  }

  // Only ever to a larger size: a loaded picture is not loaded again because its signature was renewed or a row shrank.
  let shown = -1
  createEffect(
    on(wanted, (name) => {
      const rank = name === null ? -1 : order.indexOf(name)
      if (rank <= shown) return
      shown = rank
      void show(false)
    }),
  )

  onMount(() => {
    // A cached picture is there by the next frame and needs no placeholder.
    const frame = requestAnimationFrame(() => {
      if (!isLoaded() && canvas !== undefined && props.item.thumbhash !== null)
        paintThumbhash(canvas, props.item.thumbhash)
    })
    onCleanup(() => cancelAnimationFrame(frame))
  })

  const onError = () => {
    renewals += 1
    if (renewals <= 2) void show(true)
    else setBroken(true)
  }

  return (
    <span
      class="relative block size-full"
      style={{ 'background-color': isCovered() ? '' : (props.item.dominantColor ?? '') }}
    >
      <Show when={!isCovered() && props.item.thumbhash !== null}>
        <canvas ref={(element) => (canvas = element)} class="absolute inset-0 size-full" aria-hidden="true" />
      </Show>
      <Show when={isBroken()}>
        <span class="absolute inset-0 grid place-items-center text-white">
          <span class="rounded-full bg-black/55 p-2" title={words.feed.broken}>
            <Icon name="image" />
          </span>
        </span>
      </Show>
      <img
        src={src()}
        alt={props.alt}
        width={props.item.widthPx ?? undefined}
        height={props.item.heightPx ?? undefined}
        decoding="async"
        crossorigin="anonymous"
        draggable={false}
        fetchpriority={props.isFirst ? 'high' : 'auto'}
        class="absolute inset-0 size-full object-contain text-transparent"
        classList={{ 'opacity-0': !isLoaded() && !props.isFirst, 'transition-opacity': !props.isFirst }}
        onLoad={() => {
          setBroken(false)
          setLoaded(true)
          setTimeout(() => setCovered(true), fadeMs)
        }}
        onError={onError}
      />
    </span>
  )
}
