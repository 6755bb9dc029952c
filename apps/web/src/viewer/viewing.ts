// Which item is open, what lies beside it, and how to leave. All of it comes from the shelf the viewer stands over: the
// feed, or a group's gallery.
import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, onCleanup, untrack, type Accessor } from 'solid-js'
import { isId } from '@shoebox/shared/ids.ts'
import { serverNow } from '../api/server-clock.ts'
import { api } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { useShoebox } from '../compose.ts'
import { isExpiring, pictureUrl, type FeedItem, type MediaId } from '../feed/feed-item.ts'
import { setReturning } from '../feed/returning.ts'
import { useShelf } from '../feed/use-shelf.ts'
import { onApart } from '../safety/apart.ts'
import { viewerWords } from '../words/viewer-words.ts'
import { sentenceForError } from '../words/words.ts'

export type Viewing = {
  readonly mediaId: Accessor<MediaId | null>
  readonly item: Accessor<FeedItem | undefined>
  /** Why there is none: a sentence. Null while there may still be one. */
  readonly fault: Accessor<string | null>
  /** A new signature for it. */
  readonly renew: (item: FeedItem) => Promise<FeedItem['delivery']>
  readonly neighbour: (by: 1 | -1) => FeedItem | undefined
  readonly step: (by: 1 | -1) => void
  readonly close: () => void
  readonly preloadNeighbours: () => void
  /** Ends when its picture can be shown at once, or will not come. */
  readonly whenDecoded: (item: FeedItem) => Promise<void>
}

export function createViewing(): Viewing {
  const params = useParams()
  const mediaId = createMemo<MediaId | null>(() => {
    const text = params['mediaId'] ?? ''
    return isId('media', text) ? text : null
  })
  const shelf = useShelf()
  const navigate = useNavigate()
  const location = useLocation<{ fromList?: boolean }>()

  const item = createMemo(() => {
    const id = mediaId()
    return id === null ? undefined : shelf.find(id)
  })
  const fault = createAsking(mediaId, item)
  const neighbour = (by: 1 | -1) => {
    const id = mediaId()
    return id === null ? undefined : shelf.beside(id, by)
  }
  createEffect(() => {
    const id = mediaId()
    if (id !== null && item() !== undefined) shelf.lookAround(id)
  })

  const preload = createPreload()
  let shownLast = mediaId()
  createEffect(() => {
    preload.drop()
    shownLast = mediaId() ?? shownLast
  })
  onCleanup(() => {
    const id = shownLast
    // After the router has put the scroll position back.
    requestAnimationFrame(() => setReturning(id))
  })

  const close = () => {
    if (location.state?.fromList === true) navigate(-1)
    else navigate(shelf.href(), { replace: true, scroll: false })
  }
  // Whoever blocks the owner of what they look at goes back to the list: the item has left it already.
  let ownerId = item()?.owner.id
  createEffect(() => (ownerId = item()?.owner.id ?? ownerId))
  onCleanup(onApart((userId, isApart) => isApart && userId === ownerId && close()))

  return {
    mediaId,
    item,
    fault,
    async renew(opened) {
      await shelf.renew(opened.id)
      return (shelf.find(opened.id) ?? opened).delivery
    },
    neighbour,
    step(by) {
      const next = neighbour(by)
      if (next !== undefined) navigate(shelf.hrefOf(next.id), { replace: true, scroll: false, state: location.state })
    },
    close,
    async whenDecoded(next) {
      if (next.hasPlay || !next.hasPoster) return
      try {
        if (isExpiring(next, serverNow())) await shelf.renew(next.id)
        await Promise.race([preload.decode(shelf.find(next.id) ?? next), after(decodedWithinMs)])
      } catch {
        // Where it is shown it says so, and is tried again.
      }
    },
    preloadNeighbours: () => preload.start([neighbour(1), neighbour(-1)]),
  }
}

/** A deep link, or an item further down than its list has loaded, is asked for by itself. Tells why it did not come. */
function createAsking(mediaId: Accessor<MediaId | null>, item: Accessor<FeedItem | undefined>) {
  const shelf = useShelf()
  const { session } = useShoebox()
  const navigate = useNavigate()
  const location = useLocation()
  const askFor = async (id: MediaId) => {
    try {
      await shelf.ask(id)
    } catch (error) {
      if (!isRefusedWith(error, 'not_found') || session.isVisitor()) throw error
    }
    if (shelf.find(id) !== undefined) return
    // It may stand in another gallery, or have been moved to one.
    const { groupId } = await api.gallery.item.query({ mediaId: id })
    if (mediaId() === id) navigate(`/g/${groupId}/p/${id}`, { replace: true, state: location.state })
  }
  const [failure, setFailure] = createSignal<{ id: MediaId; error: unknown } | null>(null)
  createEffect(() => {
    const id = mediaId()
    if (id === null || !shelf.isSettled() || item() !== undefined) return
    setFailure(null)
    // What the shelf reads to answer is no reason to ask again.
    untrack(() => askFor(id)).catch((error: unknown) => setFailure({ id, error }))
  })
  return () => {
    if (mediaId() === null) return viewerWords.gone
    const failed = failure()
    if (failed === null || failed.id !== mediaId() || item() !== undefined) return null
    return isRefusedWith(failed.error, 'not_found') ? viewerWords.gone : sentenceForError(failed.error)
  }
}

/** A picture that takes longer is shown as it comes. */
const decodedWithinMs = 15_000

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Pictures loaded ahead; what is not needed any more is dropped. */
function createPreload() {
  const loads = new Map<string, HTMLImageElement>()
  const drop = () => {
    for (const image of loads.values()) image.removeAttribute('src')
    loads.clear()
  }
  const load = (item: FeedItem): HTMLImageElement => {
    const image = loads.get(item.id) ?? new Image()
    loads.set(item.id, image)
    // As the stage asks for it: the browser keeps the two ways apart, and would load every picture twice.
    image.crossOrigin = 'anonymous'
    const url = pictureUrl(item, 'preview')
    if (image.src !== url) image.src = url
    return image
  }
  onCleanup(drop)
  return {
    drop,
    start(items: readonly (FeedItem | undefined)[]): void {
      drop()
      for (const item of items) {
        if (item !== undefined && item.derivatives.length > 0) load(item)
      }
    },
    decode: (item: FeedItem): Promise<void> => load(item).decode(),
  }
}
