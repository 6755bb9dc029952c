import type { JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { ItemWords } from './item-words.tsx'

/** Under a public item: what its owner wrote of it. Drawn anew for another item. */
export function PublicFoot(props: { item: FeedItem; isMine: boolean }): JSX.Element {
  const { feed } = useShoebox()
  return (
    <footer class="shrink-0 pb-[env(safe-area-inset-bottom)]">
      <ItemWords item={props.item} isMine={props.isMine} onSaid={(said) => feed.patch(props.item.id, said)} />
    </footer>
  )
}
