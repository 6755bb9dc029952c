// What stands under an opened item: its owner's words and, in a gallery, what can be done with it. It comes after the item.
import { Show, Suspense, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import type { Gallery } from '../gallery/use-gallery.ts'
import { lazyPart } from '../ui/lazy-part.ts'

const GalleryFoot = lazyPart(() => import('./gallery-foot.tsx').then((file) => file.GalleryFoot))
const PublicFoot = lazyPart(() => import('./public-foot.tsx').then((file) => file.PublicFoot))

type FootProps = {
  /** None: it is public. */
  gallery: Gallery | undefined
  item: FeedItem | undefined
  areCommentsOpen: boolean
  onComments: () => void
  onTrash: () => void
}

export function Foot(props: FootProps): JSX.Element {
  const { session } = useShoebox()
  const isMine = () => props.item !== undefined && props.item.owner.id === session.user()?.id
  const hasWords = () => props.item !== undefined && (props.item.caption !== '' || props.item.altText !== '')
  // Where its owner wrote nothing, only they are asked for words.
  const publicItem = () => (props.gallery === undefined && (isMine() || hasWords()) ? props.item : undefined)
  return (
    <Suspense fallback={<div class="h-12 shrink-0" />}>
      <Show when={publicItem()} keyed>
        {(item) => <PublicFoot item={item} isMine={isMine()} />}
      </Show>
      <OfGallery gallery={props.gallery} item={props.item && props.gallery?.timeline().find(props.item.id)}>
        {(gallery, item) => (
          <GalleryFoot
            gallery={gallery}
            item={item}
            areCommentsOpen={props.areCommentsOpen}
            onComments={() => props.onComments()}
            onTrash={() => props.onTrash()}
          />
        )}
      </OfGallery>
    </Suspense>
  )
}

type OfGalleryProps = {
  gallery: Gallery | undefined
  item: GalleryItem | undefined
  children: (gallery: Gallery, item: GalleryItem) => JSX.Element
}

/** What only an item of a gallery has, drawn anew for another item. */
export function OfGallery(props: OfGalleryProps): JSX.Element {
  return (
    <Show when={props.gallery} keyed>
      {(gallery) => (
        <Show when={props.item} keyed>
          {(item) => props.children(gallery, item)}
        </Show>
      )}
    </Show>
  )
}
