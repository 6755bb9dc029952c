// A tile among so many that each has one element: a link with its picture behind it. While items are chosen it is their
// check itself.
import { A } from '@solidjs/router'
import { createEffect, createSignal, on, onCleanup, Show, splitProps, type ComponentProps, type JSX } from 'solid-js'
import { screenWords } from '../words/screen-words.ts'
import type { FeedItem } from './feed-item.ts'
import { loadPicture, type LoadedPicture } from './load-picture.ts'
import { nameItem } from './name-item.ts'
import { PlainTile } from './plain-tile.tsx'

type TinyTileProps = {
  item: FeedItem
  heightPx: number
  /** From 1, and of how many; -1 while nobody knows. A link has no other way to say it. */
  position: number
  total: number
  /** Hears of the element. */
  listen?: (element: HTMLElement) => void
} & Omit<ComponentProps<typeof A>, 'state' | 'noScroll'>

export function TinyTile(props: TinyTileProps): JSX.Element {
  const [own, link] = splitProps(props, ['item', 'heightPx', 'position', 'total', 'listen', 'style', 'class'])
  return (
    <A
      {...link}
      noScroll
      state={{ fromList: true }}
      class={`absolute top-0 left-0 rounded-[3px] bg-sunken bg-contain bg-center bg-no-repeat outline-accent focus-visible:z-1 focus-visible:outline-3 ${own.class ?? ''}`}
      style={own.style}
      draggable={false}
      data-id={own.item.id}
      aria-label={screenWords.place(nameItem(own.item), own.position, own.total)}
      ref={(element: HTMLAnchorElement) => {
        own.listen?.(element)
        if (own.item.hasPoster) paintBehind(element, own.item.dominantColor, loadPicture(own))
      }}
    >
      <Show when={!own.item.hasPoster}>
        <PlainTile item={own.item} heightPx={own.heightPx} />
      </Show>
    </A>
  )
}

/** An address is set only once its picture is here: a background tells neither that it came nor that it failed. */
function paintBehind(element: HTMLElement, color: string | null, picture: LoadedPicture): void {
  const [shown, setShown] = createSignal<string>()
  createEffect(() => {
    element.style.backgroundImage = shown() === undefined ? '' : `url("${shown()}")`
    element.style.backgroundColor = shown() === undefined ? (color ?? '') : ''
  })
  createEffect(
    on(picture.src, (src) => {
      if (src === undefined) return
      const image = new Image()
      const stop = new AbortController()
      image.addEventListener(
        'load',
        () => {
          picture.onLoad()
          setShown(src)
        },
        { signal: stop.signal },
      )
      image.addEventListener('error', () => picture.onError(), { signal: stop.signal })
      image.src = src
      onCleanup(() => {
        stop.abort()
        // One on its way to a tile that is gone would hold up those that are seen.
        if (!image.complete) image.removeAttribute('src')
      })
    }),
  )
}
