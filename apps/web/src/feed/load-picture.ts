// Where a tile finds its picture: in the size that is needed, under a signature that holds, and not at all while somebody
// flies past.
import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import { chooseDerivative } from '@shoebox/shared/media/derivatives.ts'
import { serverNow } from '../api/server-clock.ts'
import { isShownKept } from '../ui/online.ts'
import { isExpiring, pictureUrl, type FeedItem } from './feed-item.ts'
import { untilCalm } from './grid-window.ts'
import { useShelf } from './use-shelf.ts'

const order = ['thumb', 'tile', 'preview'] as const
const renewalsMax = 2

export type LoadedPicture = {
  readonly src: Accessor<string | undefined>
  readonly isBroken: Accessor<boolean>
  readonly onLoad: () => void
  /** Asks for a new signature, or gives up. */
  readonly onError: () => void
}

export function loadPicture(props: { readonly item: FeedItem; readonly heightPx: number }): LoadedPicture {
  const shelf = useShelf()
  const [src, setSrc] = createSignal<string>()
  const [isBroken, setBroken] = createSignal(false)
  let renewals = 0
  let isOver = false
  onCleanup(() => (isOver = true))

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
      if (mustRenew || (isExpiring(props.item, serverNow()) && !isShownKept())) await shelf.renew(props.item.id)
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

  return {
    src,
    isBroken,
    onLoad: () => void setBroken(false),
    onError() {
      if (isOver) return
      renewals += 1
      if (renewals <= renewalsMax) void show(true)
      else setBroken(true)
    },
  }
}
