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
import type { Crowd } from '../feed/crowd.ts'
import { TinyTile } from '../feed/tiny-tile.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
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
  crowd: Crowd
  selection: Selection
}

export function GalleryTile(props: TileProps): JSX.Element {
  const item = () => props.timeline.find(props.id)
  return (
    <Show when={item()}>
      {(shown) => (
        <Show when={props.crowd !== 'tiny'} fallback={<SmallTile {...props} item={shown()} />}>
          <LargeTile {...props} item={shown()} />
        </Show>
      )}
    </Show>
  )
}

const isTouched = matchMedia('(pointer: coarse)').matches

type ShownProps = TileProps & { item: GalleryItem }

/** What tiles of both kinds do: open, or, once something is chosen, choose. */
function createTile(props: ShownProps) {
  const selection = untrack(() => props.selection)
  const id = untrack(() => props.id)
  const press = watchPress(id, selection)
  return {
    /** While something is chosen, the tile is its own check: a link leads somewhere. */
    isCheck: () => selection.isOn(),
    isChosen: () => selection.has(id),
    isMarked: () => selection.has(id) || selection.wouldTake(id),
    heightPx: () => props.box?.heightPx ?? 0,
    standing: () => ({
      transform: `translate(${props.box?.leftPx ?? 0}px, ${(props.box?.topPx ?? 0) - props.shiftPx}px)`,
      width: `${props.box?.widthPx ?? 0}px`,
      height: `${props.box?.heightPx ?? 0}px`,
    }),
    onClick(event: MouseEvent) {
      if (press.wasLong()) return event.preventDefault()
      if (!selection.isOn()) return
      event.preventDefault()
      if (event.shiftKey) selection.takeRange(id)
      else selection.toggle(id)
    },
    /** On the element of the tile. */
    listen(element: HTMLElement) {
      press.listen(element)
      element.addEventListener('contextmenu', (event) => press.isTouched() && event.preventDefault())
      element.addEventListener('pointerenter', (event) => selection.hover(id, event.shiftKey))
      element.addEventListener('pointerleave', () => selection.hover(null, false))
    },
  }
}

/** Its check is the tile itself: chosen by a long press, or by `x`, until a click chooses too. */
function SmallTile(props: ShownProps): JSX.Element {
  const tile = createTile(props)
  return (
    <TinyTile
      item={props.item}
      heightPx={tile.heightPx()}
      position={props.box?.position ?? 0}
      total={props.total}
      href={props.timeline.hrefOf(props.id)}
      style={tile.standing()}
      class={`${tile.isChosen() ? 'check-mark [--check-at:3px]' : ''} ${tile.isMarked() ? 'ring-3 ring-accent ring-inset' : ''}`}
      role={tile.isCheck() ? 'checkbox' : undefined}
      aria-checked={tile.isCheck() ? tile.isChosen() : undefined}
      onClick={tile.onClick}
      listen={tile.listen}
    />
  )
}

function LargeTile(props: ShownProps): JSX.Element {
  const selection = untrack(() => props.selection)
  const tile = createTile(props)
  const { isChosen, heightPx } = tile
  let link: HTMLAnchorElement | undefined
  const [isCovered, setCovered] = createSignal(false)
  // A gallery has many tiles: what only appears under the pointer or the focus is made when it does.
  const [isAttended, setAttended] = createSignal(false)
  // Fingers attend to nothing before they press: their readers find the check all the same.
  const hasCheck = () =>
    !tile.isCheck() && (isAttended() || (hasRoomForMark(heightPx()) && (props.crowd === 'roomy' || isTouched)))
  const runningTime = () => {
    if (props.item.kind === 'image' || !hasRoomForMark(heightPx())) return undefined
    return props.item.durationMs === null
      ? screenWords.kinds[props.item.kind]
      : words.units.runningTime(props.item.durationMs)
  }

  return (
    <li
      class="group absolute top-0 left-0 overflow-hidden bg-sunken outline-accent has-[a:focus-visible]:z-1 has-[a:focus-visible]:outline-3 has-[a:focus-visible]:outline-offset-1"
      classList={{
        [roundTile(heightPx())]: true,
        'ring-3 ring-accent ring-inset z-1': tile.isMarked(),
        'check-mark': tile.isCheck(),
      }}
      data-id={props.id}
      aria-setsize={props.total}
      aria-posinset={props.box?.position}
      style={{ ...tile.standing(), 'background-color': isCovered() ? '' : (props.item.dominantColor ?? '') }}
      onFocusIn={() => setAttended(true)}
      onPointerEnter={() => setAttended(true)}
      ref={tile.listen}
    >
      <A
        href={props.timeline.hrefOf(props.id)}
        noScroll
        state={{ fromList: true }}
        class={`block size-full outline-none transition-transform ${isChosen() ? 'scale-90 overflow-hidden rounded-box' : ''}`}
        draggable={false}
        role={tile.isCheck() ? 'checkbox' : undefined}
        aria-checked={tile.isCheck() ? isChosen() : undefined}
        aria-label={tile.isCheck() ? galleryWords.choose(nameItem(props.item)) : undefined}
        onClick={tile.onClick}
        ref={(element) => (link = element)}
      >
        <Show when={props.item.hasPoster} fallback={<PlainTile item={props.item} heightPx={heightPx()} />}>
          <Picture
            item={props.item}
            heightPx={heightPx()}
            isFirst={false}
            alt={nameItem(props.item)}
            onCovered={() => setCovered(true)}
          />
        </Show>
        <Show when={runningTime()}>
          {(text) => (
            <span class="pointer-events-none absolute top-2 right-2 rounded-box bg-black/60 px-2 py-1 text-sm text-white">
              {text()}
            </span>
          )}
        </Show>
      </A>
      <Show when={hasCheck()}>
        <button
          type="button"
          role="checkbox"
          aria-checked={false}
          aria-label={galleryWords.choose(nameItem(props.item))}
          class="check-mark absolute top-0 left-0 size-11 max-h-full max-w-full opacity-0 transition-opacity group-has-[:focus-visible]:opacity-100 focus-visible:opacity-100 focus-visible:-outline-offset-3 pointer-fine:group-hover:opacity-100 pointer-coarse:pointer-events-none"
          onClick={() => {
            selection.toggle(props.id)
            // This check is gone with it.
            link?.focus({ preventScroll: true })
          }}
        />
      </Show>
      <Show
        when={
          hasRoomForButton(heightPx()) &&
          !selection.isOn() &&
          ((props.item.likeCount > 0 && props.crowd === 'roomy') || isAttended())
        }
      >
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
