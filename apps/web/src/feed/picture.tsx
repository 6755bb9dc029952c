// A tile's picture: its colour at once, its thumbhash if the picture takes long, then the picture itself, all in the same
// box. What was flown past is not asked for, and what has left before it came is not waited for.
import { createEffect, createSignal, on, onCleanup, onMount, Show, untrack, type JSX } from 'solid-js'
import { chooseDerivative } from '@shoebox/shared/media/derivatives.ts'
import { Icon } from '../ui/icon.tsx'
import { isShownKept } from '../ui/online.ts'
import { withWords } from '../words/translation.ts'
import { words } from '../words/words.ts'
import { isExpiring, pictureUrl, type FeedItem } from './feed-item.ts'
import { untilCalm } from './grid-window.ts'
import { firstSeconds } from './later.ts'
import { useShelf } from './use-shelf.ts'

const order = ['thumb', 'tile', 'preview'] as const

const fadeMs = 200
/** A picture that is there sooner needs no placeholder and does not fade in. Milliseconds. */
const placeholderAfterMs = 100

export function Picture(props: { item: FeedItem; heightPx: number; isFirst: boolean; alt: string }): JSX.Element {
  const shelf = useShelf()
  const [src, setSrc] = createSignal<string>()
  const [isLoaded, setLoaded] = createSignal(false)
  const [isSlow, setSlow] = createSignal(false)
  // The placeholder goes when the picture has faded in over it; under a see-through one it would stay visible.
  const [isCovered, setCovered] = createSignal(false)
  const [isBroken, setBroken] = createSignal(false)
  let renewals = 0
  let isOver = false
  let image: HTMLImageElement | undefined

  const wanted = () => chooseDerivative(props.item.derivatives, props.heightPx, devicePixelRatio)

  /**
   * Points at the picture, with a new signature first where the old one is about to end. Without a network there is none,
   * and the service worker finds a picture by its path.
   */
  const show = async (mustRenew: boolean) => {
    try {
      const calm = untilCalm()
      if (calm !== null) await calm
      if (isOver) return
      if (mustRenew || (isExpiring(props.item, Date.now()) && !isShownKept())) await shelf.renew(props.item.id)
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
    const timer = setTimeout(() => !isLoaded() && setSlow(true), placeholderAfterMs)
    onCleanup(() => {
      clearTimeout(timer)
      isOver = true
      // A picture on its way to a tile that is gone would hold up those that are seen.
      if (!isLoaded()) image?.removeAttribute('src')
    })
  })

  const onLoad = () => {
    setBroken(false)
    setLoaded(true)
    if (isSlow()) setTimeout(() => setCovered(true), fadeMs)
    else setCovered(true)
  }
  const onError = () => {
    if (isOver) return
    renewals += 1
    if (renewals <= 2) void show(true)
    else setBroken(true)
  }

  return (
    <span
      class="relative block size-full"
      style={{ 'background-color': isCovered() ? '' : (props.item.dominantColor ?? '') }}
    >
      <Show when={isSlow() && !isCovered() && props.item.thumbhash}>
        {(thumbhash) => <Placeholder thumbhash={thumbhash()} />}
      </Show>
      <Show when={isBroken()}>
        <span class="absolute inset-0 grid place-items-center text-white">
          <span class="rounded-full bg-black/55 p-2" title={words.feed.broken}>
            <Icon name="image" />
          </span>
        </span>
      </Show>
      <img
        ref={(element) => (image = element)}
        src={src()}
        alt={props.alt}
        width={props.item.widthPx ?? undefined}
        height={props.item.heightPx ?? undefined}
        decoding="async"
        crossorigin="anonymous"
        draggable={false}
        fetchpriority={props.isFirst ? 'high' : 'auto'}
        class="absolute inset-0 size-full object-contain text-transparent"
        classList={{
          'opacity-0': !isLoaded() && !props.isFirst,
          'transition-opacity': isSlow() && !props.isFirst,
        }}
        onLoad={onLoad}
        onError={onError}
      />
    </span>
  )
}

/** Drawn where a picture takes long. The code for it comes as late: most pages never need it. */
function Placeholder(props: { thumbhash: string }): JSX.Element {
  let canvas: HTMLCanvasElement | undefined
  const thumbhash = untrack(() => props.thumbhash)
  onMount(() => {
    void firstSeconds
      .then(() => withWords(import('./paint-thumbhash.ts')))
      .then(({ paintThumbhash }) => canvas && paintThumbhash(canvas, thumbhash))
  })
  return <canvas ref={(element) => (canvas = element)} class="absolute inset-0 size-full" aria-hidden="true" />
}
