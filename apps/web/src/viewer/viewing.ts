// Which item is open, what lies beside it, and how to leave. Neighbours come from the feed as it stands behind.
import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { createEffect, createMemo, onCleanup, type Accessor } from 'solid-js'
import { isId } from '@shoebox/shared/ids.ts'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import { pictureUrl, type FeedItem, type MediaId } from '../feed/feed-item.ts'
import { setReturning } from '../feed/returning.ts'
import { askOnce } from './ask-once.ts'

/** This near to the end of what is loaded, the next page is asked for. */
const aheadMin = 6

export type Viewing = {
  readonly mediaId: Accessor<MediaId | null>
  readonly item: Accessor<FeedItem | undefined>
  readonly isGone: Accessor<boolean>
  /** A new signature for it, wherever it came from. */
  readonly renew: (item: FeedItem) => Promise<FeedItem['delivery']>
  readonly neighbour: (by: 1 | -1) => FeedItem | undefined
  readonly step: (by: 1 | -1) => void
  readonly close: () => void
  readonly preloadNeighbours: () => void
}

export function createViewing(): Viewing {
  const params = useParams()
  const mediaId = createMemo<MediaId | null>(() => {
    const text = params['mediaId'] ?? ''
    return isId('media', text) ? text : null
  })
  const { feed } = useShoebox()
  const navigate = useNavigate()
  const location = useLocation<{ fromFeed?: boolean }>()

  const inFeed = createMemo(() => {
    feed.reorders()
    const id = mediaId()
    return feed.items().length > 0 && id !== null ? feed.find(id) : undefined
  })
  // A deep link, or an item further down than the feed has loaded, is asked for by itself.
  const asked = askOnce<FeedItem>(() => {
    const id = mediaId()
    const isAsked = id !== null && inFeed() === undefined && feed.first() !== 'loading'
    return isAsked ? api.feed.item.options({ mediaId: id }) : null
  })
  const item = () => inFeed() ?? asked.data()

  const neighbour = (by: 1 | -1) => {
    const id = mediaId()
    feed.reorders()
    const place = id === null ? -1 : feed.placeOf(id)
    return place < 0 ? undefined : feed.items()[place + by]
  }
  createEffect(() => {
    const id = mediaId()
    const place = id === null ? -1 : feed.placeOf(id)
    if (place >= 0 && place > feed.items().length - aheadMin && feed.more() === 'idle') void feed.loadMore()
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

  return {
    mediaId,
    item,
    isGone: () => mediaId() === null || (item() === undefined && asked.isFailed()),
    async renew({ id }) {
      if (feed.placeOf(id) >= 0) await feed.renew(id)
      // The feed knows only its own: one opened by its address is asked for again.
      return (feed.find(id) ?? (await api.feed.item.query({ mediaId: id }))).delivery
    },
    neighbour,
    step(by) {
      const next = neighbour(by)
      if (next !== undefined) navigate(`/p/${next.id}`, { replace: true, scroll: false, state: location.state })
    },
    close() {
      if (location.state?.fromFeed === true) navigate(-1)
      else navigate('/', { replace: true, scroll: false })
    },
    preloadNeighbours: () => preload.start([neighbour(1), neighbour(-1)]),
  }
}

/** Pictures loaded ahead; what is not needed any more is dropped. */
function createPreload() {
  const loads: HTMLImageElement[] = []
  const drop = () => {
    for (const image of loads.splice(0)) image.removeAttribute('src')
  }
  onCleanup(drop)
  return {
    drop,
    start(items: readonly (FeedItem | undefined)[]): void {
      drop()
      for (const item of items) {
        if (item === undefined || item.derivatives.length === 0) continue
        const image = new Image()
        image.src = pictureUrl(item, 'preview')
        loads.push(image)
      }
    },
  }
}
