// A small picture of a chosen file, before anything is sent. Decoded off the main thread at its small size, one at a
// time: fifty photos of a phone at once would be gigabytes. What this browser cannot open is shown once Shoebox has.
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { chooseDerivative } from '@shoebox/shared/media/derivatives.ts'
import { pictureUrl, type FeedItem } from '../feed/feed-item.ts'
import { Icon } from '../ui/icon.tsx'
import type { UploadItem } from './upload-item.ts'

const sidePx = 88
let last: Promise<void> = Promise.resolve()

export function FileThumb(props: { item: UploadItem }): JSX.Element {
  const [hasPicture, setHasPicture] = createSignal(false)
  let canvas: HTMLCanvasElement | undefined
  let isGone = false
  onCleanup(() => (isGone = true))

  const draw = async (file: File) => {
    if (isGone || canvas === undefined) return
    try {
      const picture = await createImageBitmap(file, { resizeHeight: sidePx, resizeQuality: 'medium' })
      const left = (sidePx - picture.width) / 2
      canvas.getContext('2d')?.drawImage(picture, left, 0)
      picture.close()
      setHasPicture(true)
    } catch {
      // Not a picture this browser can open: the icon stays until there is one to load.
    }
  }
  onMount(() => {
    if (props.item.kind !== 'image') return
    const { file } = props.item
    last = last.then(() => draw(file))
  })

  return (
    <span class="relative grid size-11 shrink-0 place-items-center overflow-hidden rounded-[7px] bg-sunken text-soft">
      <Show when={!hasPicture()}>
        <Icon name={props.item.kind ?? 'warning'} size={20} />
        <Show when={props.item.shown}>{(item) => <ItemThumb item={item()} />}</Show>
      </Show>
      <canvas
        ref={(element) => (canvas = element)}
        width={sidePx}
        height={sidePx}
        class="absolute inset-0 size-full"
        aria-hidden="true"
      />
    </span>
  )
}

/** The smallest picture of an item, over whatever stands in its place until it is loaded, or for good. */
export function ItemThumb(props: { item: FeedItem }): JSX.Element {
  const [isBroken, setBroken] = createSignal(false)
  const src = () => {
    const name = chooseDerivative(props.item.derivatives, sidePx / 2, devicePixelRatio)
    return name === null || isBroken() ? null : pictureUrl(props.item, name)
  }
  return (
    <Show when={src()}>
      {(url) => (
        <img
          src={url()}
          alt=""
          decoding="async"
          class="absolute inset-0 size-full object-cover"
          onError={() => setBroken(true)}
        />
      )}
    </Show>
  )
}
