// A tile's picture: its colour at once, its thumbhash if the picture takes long, then the picture itself, all in the same
// box. What was flown past is not asked for, and what has left before it came is not waited for.
import { createSignal, onCleanup, onMount, Show, untrack, type JSX } from 'solid-js'
import { FirstIcon } from '../ui/first-icon.tsx'
import { withWords } from '../words/translation.ts'
import { words } from '../words/words.ts'
import type { FeedItem } from './feed-item.ts'
import { firstSeconds } from './later.ts'
import { loadPicture } from './load-picture.ts'

const fadeMs = 200
/** A picture that is there sooner needs no placeholder and does not fade in. Milliseconds. */
const placeholderAfterMs = 100

type PictureProps = {
  item: FeedItem
  heightPx: number
  isFirst: boolean
  alt: string
  /** It hides what is behind it: the colour of its tile would stay visible under a see-through one. */
  onCovered: () => void
}

/** Fills the element it stands in. */
export function Picture(props: PictureProps): JSX.Element {
  const picture = loadPicture(props)
  const [isLoaded, setLoaded] = createSignal(false)
  const [isSlow, setSlow] = createSignal(false)
  // The placeholder goes when the picture has faded in over it.
  const [isCovered, setCovered] = createSignal(false)
  let image: HTMLImageElement | undefined

  onMount(() => {
    const timer = setTimeout(() => !isLoaded() && setSlow(true), placeholderAfterMs)
    onCleanup(() => {
      clearTimeout(timer)
      // A picture on its way to a tile that is gone would hold up those that are seen.
      if (!isLoaded()) image?.removeAttribute('src')
    })
  })

  const cover = () => {
    setCovered(true)
    props.onCovered()
  }
  const onLoad = () => {
    picture.onLoad()
    setLoaded(true)
    if (isSlow()) setTimeout(cover, fadeMs)
    else cover()
  }

  return (
    <>
      <Show when={isSlow() && !isCovered() && props.item.thumbhash}>
        {(thumbhash) => <Placeholder thumbhash={thumbhash()} />}
      </Show>
      <Show when={picture.isBroken()}>
        <span class="absolute inset-0 grid place-items-center text-white">
          <span class="rounded-full bg-black/55 p-2" title={words.feed.broken}>
            <FirstIcon name="image" />
          </span>
        </span>
      </Show>
      <img
        ref={(element) => (image = element)}
        src={picture.src()}
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
        onError={() => picture.onError()}
      />
    </>
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
