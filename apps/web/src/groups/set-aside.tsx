// What is out of a gallery for the time being: in the trash, or hidden. A grid of squares, each with the way back.
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { derivativeUrl } from '@shoebox/shared/media/derivatives.ts'
import { nameItem } from '../feed/name-item.ts'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { groupWords } from '../words/group-words.ts'
import { sentenceForError, words } from '../words/words.ts'

type SetAsideProps<Item> = {
  /** What useInfiniteQuery() knows of them. */
  list: {
    readonly isPending: boolean
    readonly isError: boolean
    readonly error: unknown
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly refetch: () => unknown
    readonly fetchNextPage: () => unknown
  }
  items: readonly Item[]
  empty: { readonly icon: IconName; readonly title: string; readonly text: string }
  failedTitle: string
  /** Under an item, and the way back; null: there is none for this viewer. */
  note?: (item: Item) => string
  back: (item: Item) => { readonly text: string; readonly name: string } | null
  onBack: (item: Item) => void
}

export function SetAside<Item extends GalleryItem>(props: SetAsideProps<Item>): JSX.Element {
  return (
    <Switch>
      <Match when={props.list.isPending}>
        <p class="pulse py-20 text-center">{words.viewer.loading}</p>
      </Match>
      <Match when={props.list.isError}>
        <Notice icon="warning" title={props.failedTitle} text={sentenceForError(props.list.error)} alert>
          <button type="button" class="button button-main" onClick={() => props.list.refetch()}>
            {words.fault.retry}
          </button>
        </Notice>
      </Match>
      <Match when={props.items.length === 0}>
        <Notice icon={props.empty.icon} title={props.empty.title} text={props.empty.text} />
      </Match>
      <Match when={true}>
        <ul class="grid grid-cols-2 gap-3 sm:grid-cols-3 wide:grid-cols-5">
          <For each={props.items}>
            {(item) => (
              <Tile
                item={item}
                note={props.note?.(item) ?? item.owner.name}
                back={props.back(item)}
                onBack={() => props.onBack(item)}
              />
            )}
          </For>
        </ul>
        <Show when={props.list.hasNextPage}>
          <button
            type="button"
            class="button button-quiet self-center"
            disabled={props.list.isFetchingNextPage}
            onClick={() => props.list.fetchNextPage()}
          >
            {groupWords.more}
          </button>
        </Show>
      </Match>
    </Switch>
  )
}

type TileProps = {
  item: GalleryItem
  note: string
  back: { readonly text: string; readonly name: string } | null
  onBack: () => void
}

function Tile(props: TileProps): JSX.Element {
  return (
    <li class="flex flex-col overflow-hidden rounded-box border border-line">
      <div class="aspect-square bg-sunken">
        <Show
          when={props.item.hasPoster}
          fallback={
            <span class="grid size-full place-items-center text-soft">
              <Icon name={props.item.kind} size={32} />
            </span>
          }
        >
          <img
            src={derivativeUrl(props.item.delivery, 'thumb')}
            alt={nameItem(props.item)}
            loading="lazy"
            class="size-full object-cover opacity-75"
          />
        </Show>
      </div>
      <div class="flex min-h-11 flex-wrap items-center justify-between gap-x-2 px-3 py-1">
        <span class="max-w-full truncate text-sm text-soft">{props.note}</span>
        <Show when={props.back}>
          {(back) => (
            <button type="button" class="link min-h-11 px-1" aria-label={back().name} onClick={() => props.onBack()}>
              {back().text}
            </button>
          )}
        </Show>
      </div>
    </li>
  )
}
