// One item of a gallery: a link to its page, a check, and, once something is chosen, a switch. A long press on a touch
// screen chooses, and dragging on from there chooses all on the way.
import { A } from '@solidjs/router'
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import type { MediaId } from '../feed/feed-item.ts'
import { LikeButton } from '../feed/like-button.tsx'
import { nameItem } from '../feed/name-item.ts'
import { Picture } from '../feed/picture.tsx'
import { PlainTile } from '../feed/plain-tile.tsx'
import { hasRoomForButton, hasRoomForMark, roundTile } from '../feed/tile-room.ts'
import { galleryWords } from '../words/gallery-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import { CheckMark } from './check-mark.tsx'
import type { GalleryItem } from './gallery-item.ts'
import type { Selection } from './selection.ts'
import { watchPress } from './watch-press.ts'
import type { Box } from './timeline-places.ts'
import type { Timeline } from './timeline-store.ts'

/** `shiftPx`: what stands in the gallery stands so much higher in the page. */
type TileProps = {
  timeline: Timeline
  id: MediaId
  box: Box | null
  shiftPx: number
  total: number
  selection: Selection
}

export function GalleryTile(props: TileProps): JSX.Element {
  const item = () => props.timeline.find(props.id)
  return <Show when={item()}>{(shown) => <Tile {...props} item={shown()} />}</Show>
}

function Tile(props: TileProps & { item: GalleryItem }): JSX.Element {
  const selection = untrack(() => props.selection)
  const isChosen = () => selection.has(props.id)
  const heightPx = () => props.box?.heightPx ?? 0
  // A gallery has many tiles: what only appears under the pointer or the focus is made when it does.
  const [isAttended, setAttended] = createSignal(false)
  const press = watchPress(
    untrack(() => props.id),
    selection,
  )

  const onClick = (event: MouseEvent) => {
    if (press.wasLong()) return event.preventDefault()
    if (!selection.isOn()) return
    event.preventDefault()
    if (event.shiftKey) selection.takeRange(props.id)
    else selection.toggle(props.id)
  }

  return (
    <li
      class="group absolute top-0 left-0 overflow-hidden bg-sunken outline-accent has-[a:focus-visible]:z-1 has-[a:focus-visible]:outline-3 has-[a:focus-visible]:outline-offset-1"
      classList={{
        [roundTile(heightPx())]: true,
        'ring-3 ring-accent ring-inset z-1': isChosen() || selection.wouldTake(props.id),
      }}
      data-id={props.id}
      aria-setsize={props.total}
      aria-posinset={props.box?.position}
      style={{
        transform: `translate(${props.box?.leftPx ?? 0}px, ${(props.box?.topPx ?? 0) - props.shiftPx}px)`,
        width: `${props.box?.widthPx ?? 0}px`,
        height: `${props.box?.heightPx ?? 0}px`,
      }}
      onFocusIn={() => setAttended(true)}
      onPointerEnter={(event) => {
        setAttended(true)
        selection.hover(props.id, event.shiftKey)
      }}
      onPointerLeave={() => selection.hover(null, false)}
      onContextMenu={(event) => press.isTouched() && event.preventDefault()}
      ref={press.listen}
    >
      <A
        href={props.timeline.hrefOf(props.id)}
        noScroll
        state={{ fromList: true }}
        class={`block size-full outline-none transition-transform ${isChosen() ? 'scale-90 overflow-hidden rounded-box' : ''}`}
        draggable={false}
        onClick={onClick}
      >
        <Show when={props.item.hasPoster} fallback={<PlainTile item={props.item} heightPx={heightPx()} />}>
          <Picture item={props.item} heightPx={heightPx()} isFirst={false} alt={nameItem(props.item)} />
        </Show>
        <Show when={props.item.kind !== 'image' && hasRoomForMark(heightPx())}>
          <span class="pointer-events-none absolute top-2 right-2 rounded-box bg-black/60 px-2 py-1 text-sm text-white">
            <Show when={props.item.durationMs} fallback={screenWords.kinds[props.item.kind]}>
              {(ms) => words.units.runningTime(ms())}
            </Show>
          </span>
        </Show>
      </A>
      <Show when={hasRoomForMark(heightPx()) || selection.isOn() || isAttended()}>
        <button
          type="button"
          role="checkbox"
          aria-checked={isChosen()}
          aria-label={galleryWords.choose(nameItem(props.item))}
          class="absolute top-0 left-0 grid size-11 max-h-full max-w-full place-items-center transition-opacity focus-visible:opacity-100 focus-visible:-outline-offset-3"
          classList={{
            'opacity-0 pointer-coarse:pointer-events-none pointer-fine:group-hover:opacity-100 group-has-[:focus-visible]:opacity-100':
              !selection.isOn(),
          }}
          onClick={(event) =>
            event.shiftKey && selection.isOn() ? selection.takeRange(props.id) : selection.toggle(props.id)
          }
        >
          <CheckMark isChosen={isChosen()} />
        </button>
      </Show>
      <Show when={hasRoomForButton(heightPx()) && !selection.isOn() && (props.item.likeCount > 0 || isAttended())}>
        <LikeButton
          item={props.item}
          onImage
          class={`absolute right-0 bottom-0 grid min-h-11 min-w-11 place-items-center rounded-box px-1 transition-opacity focus-visible:-outline-offset-3 ${
            props.item.likeCount > 0
              ? ''
              : 'opacity-0 pointer-coarse:hidden pointer-fine:group-hover:opacity-100 group-has-[:focus-visible]:opacity-100'
          }`}
        />
      </Show>
    </li>
  )
}
