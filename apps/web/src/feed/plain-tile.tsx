import type { JSX } from 'solid-js'
import { FirstIcon } from '../ui/first-icon.tsx'
import type { FeedItem } from './feed-item.ts'
import { nameItem } from './name-item.ts'
import { hasRoomForButton } from './tile-room.ts'

/** A film or sound without a picture: what it is and, where there is room, what it is called. */
export function PlainTile(props: { item: FeedItem; heightPx: number }): JSX.Element {
  const hasRoom = () => hasRoomForButton(props.heightPx)
  return (
    <span class="flex size-full flex-col items-center justify-center gap-2 rounded-box border border-line p-1 text-center">
      <FirstIcon name={props.item.kind} size={hasRoom() ? 32 : 18} class="shrink-0 text-soft" />
      <span class={hasRoom() ? 'max-w-full truncate text-sm font-medium' : 'sr-only'}>{nameItem(props.item)}</span>
    </span>
  )
}
