// One item in the grid: a real link to its page with the picture in it, and the like beside it.
import { A } from '@solidjs/router'
import { createMemo, createSignal, Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { words } from '../words/words.ts'
import type { FeedItem } from './feed-item.ts'
import { nameItem } from './name-item.ts'
import type { Layout } from '@shoebox/shared/media/lay-out-rows.ts'
import { LikeButton } from './like-button.tsx'
import { Picture } from './picture.tsx'
import { PlainTile } from './plain-tile.tsx'
import type { Crowd } from './crowd.ts'
import { hasRoomForButton, hasRoomForMark, roundTile } from './tile-room.ts'
import { tinyPart } from './tiny-part.ts'

type TileProps = { item: FeedItem; layout: Layout; crowd: Crowd }

export function Tile(props: TileProps): JSX.Element {
  const { feed } = useShoebox()
  const place = createMemo(() => {
    feed.reorders()
    return feed.placeOf(props.item.id)
  })
  const height = () => props.layout.heights[place()] ?? 0
  const total = () => (feed.more() === 'end' ? feed.items().length : -1)
  const standing = () => ({
    transform: `translate(${props.layout.lefts[place()] ?? 0}px, ${props.layout.tops[place()] ?? 0}px)`,
    width: `${props.layout.widths[place()] ?? 0}px`,
    height: `${height()}px`,
  })
  return (
    <Show
      when={props.crowd !== 'tiny'}
      fallback={
        <Show when={tinyPart()} keyed>
          {(part) => (
            <part.TinyTile
              item={props.item}
              href={feed.hrefOf(props.item.id)}
              heightPx={height()}
              position={place() + 1}
              total={total()}
              style={standing()}
            />
          )}
        </Show>
      }
    >
      <LargeTile {...props} place={place()} total={total()} heightPx={height()} standing={standing()} />
    </Show>
  )
}

type LargeTileProps = TileProps & { place: number; total: number; heightPx: number; standing: JSX.CSSProperties }

function LargeTile(props: LargeTileProps): JSX.Element {
  const { feed } = useShoebox()
  const isInFirstRow = () => props.place < (props.layout.rows[0]?.end ?? 0)
  const [isCovered, setCovered] = createSignal(false)
  // Among many, what is only pressed is made when the pointer or the focus comes.
  const [isAttended, setAttended] = createSignal(false)
  const height = () => props.heightPx

  return (
    <li
      class="group absolute top-0 left-0 overflow-hidden bg-sunken outline-accent has-[a:focus-visible]:z-1 has-[a:focus-visible]:outline-3 has-[a:focus-visible]:outline-offset-1"
      classList={{ [roundTile(height())]: true }}
      data-id={props.item.id}
      aria-setsize={props.total}
      aria-posinset={props.place + 1}
      style={{ ...props.standing, 'background-color': isCovered() ? '' : (props.item.dominantColor ?? '') }}
      onFocusIn={() => setAttended(true)}
      onPointerEnter={() => setAttended(true)}
    >
      <A href={feed.hrefOf(props.item.id)} noScroll state={{ fromList: true }} class="block size-full outline-none">
        <Show when={props.item.hasPoster} fallback={<PlainTile item={props.item} heightPx={height()} />}>
          <Picture
            item={props.item}
            heightPx={height()}
            isFirst={isInFirstRow()}
            alt={nameItem(props.item)}
            onCovered={() => setCovered(true)}
          />
          <Show when={props.item.kind !== 'image' && hasRoomForMark(height())}>
            <PlayMark durationMs={props.item.durationMs} />
          </Show>
        </Show>
      </A>
      <Show when={hasRoomForButton(height()) && (props.crowd === 'roomy' || isAttended())}>
        {/* For the pointer. By keys the same page is reached from the details of the opened item: no tile has three stops. */}
        <A
          href={`/u/${props.item.owner.id}`}
          tabindex={-1}
          aria-hidden="true"
          data-owner
          class="pointer-events-none absolute bottom-1.5 left-1.5 max-w-[calc(100%-84px)] truncate rounded-full bg-black/55 px-2.5 text-sm leading-8 text-white opacity-0 transition-opacity group-hover:pointer-events-auto group-hover:opacity-100 group-has-[:focus-visible]:opacity-100 hover:bg-black/75"
        >
          {props.item.owner.name}
        </A>
        <LikeButton
          item={props.item}
          onImage
          class={`absolute right-0 bottom-0 grid min-h-11 min-w-11 place-items-center rounded-box px-1 transition-opacity focus-visible:-outline-offset-3 ${
            props.item.likeCount > 0
              ? ''
              : 'opacity-0 group-hover:opacity-100 group-has-[:focus-visible]:opacity-100 pointer-coarse:opacity-100'
          }`}
        />
      </Show>
    </li>
  )
}

/** Says of a poster that there is a film or a sound behind it, and how long it is. */
function PlayMark(props: { durationMs: number | null }): JSX.Element {
  return (
    <span class="pointer-events-none absolute top-2 right-2 flex items-center gap-1 rounded-box bg-black/60 px-2 py-1 text-sm text-white">
      <svg viewBox="0 0 10 10" width="10" height="10" fill="currentColor" aria-hidden="true">
        <path d="M1 0v10l8.5-5z" />
      </svg>
      <Show when={props.durationMs}>{(ms) => words.units.runningTime(ms())}</Show>
    </span>
  )
}
