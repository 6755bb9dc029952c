// What is out of a gallery for the time being: in the trash, or hidden. A grid of squares, each with the way back, and
// each a check: several go back together.
import { createEffect, createMemo, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { derivativeUrl } from '@shoebox/shared/media/derivatives.ts'
import { nameItem } from '../feed/name-item.ts'
import { ChooseAllAction, ChosenAction, ChosenActions, ChosenBar, DeedBar } from '../gallery/chosen-bar.tsx'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import type { Progress } from '../gallery/long-deed.ts'
import { isTyping } from '../ui/is-typing.ts'
import { createSelection, type Selection } from '../gallery/selection.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageList, type Pages } from '../ui/page-list.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'

type SetAsideProps<Item> = {
  list: Pages
  items: readonly Item[]
  /** Of what is done with many of them. */
  progress: Progress | null
  empty: { readonly icon: IconName; readonly title: string; readonly text: string }
  failedTitle: string
  /** Stands under an item. */
  note?: (item: Item) => string
  backIcon: IconName
  backText: string
  /** The way back of one item, as it is read out; null: there is none for this viewer. */
  nameBack: (item: Item) => string | null
  onBack: (items: readonly Item[]) => void
  /** Ends some of the chosen ones for good; left out: that is not offered here. */
  onEnd?: (items: readonly Item[]) => void
}

export function SetAside<Item extends GalleryItem>(props: SetAsideProps<Item>): JSX.Element {
  const ids = createMemo(() => props.items.map((item) => item.id))
  const selection = createSelection((from, to) => {
    const [first, last] = [ids().indexOf(from), ids().indexOf(to)].sort((a, b) => a - b)
    return ids().slice(first, (last ?? 0) + 1)
  })
  const chosen = () => props.items.filter((item) => selection.has(item.id))
  // What is no longer here is no longer chosen.
  createEffect(
    on(ids, (here) => {
      const left = new Set(here)
      selection.set(
        [...selection.ids()].filter((id) => !left.has(id)),
        false,
      )
    }),
  )
  const isAll = () => !props.list.hasNextPage && selection.count() === ids().length
  const chooseAll = async () => {
    selection.set(ids(), true)
    await loadAll(props.list)
    selection.set(ids(), true)
  }
  useChosenKeys({
    chooseAll: () => void chooseAll(),
    clear: () => (props.progress ?? { stop: selection.clear }).stop(),
  })

  return (
    <PageList
      list={props.list}
      items={props.items}
      failedTitle={props.failedTitle}
      waiting={<SetAsideSkeleton />}
      empty={<Notice icon={props.empty.icon} title={props.empty.title} text={props.empty.text} />}
    >
      {(items) => (
        <>
          <DeedBar progress={props.progress}>
            <Show when={selection.isOn()}>
              <ChosenBar text={galleryWords.chosen(selection.count())} onClear={selection.clear}>
                <ChooseAllAction isAll={isAll()} onClick={() => (isAll() ? selection.clear() : void chooseAll())} />
                <ChosenActions>
                  <ChosenAction
                    icon={<Icon name={props.backIcon} size={20} />}
                    text={props.backText}
                    onClick={() => props.onBack(chosen().filter((item) => props.nameBack(item) !== null))}
                  />
                  <Show when={props.onEnd}>
                    {(onEnd) => (
                      <ChosenAction
                        icon={<Icon name="trash" size={20} />}
                        text={groupWords.delete}
                        onClick={() => onEnd()(chosen())}
                      />
                    )}
                  </Show>
                </ChosenActions>
              </ChosenBar>
            </Show>
          </DeedBar>
          <ul class={squares}>
            <For each={items()}>
              {(item) => (
                <Tile
                  item={item}
                  selection={selection}
                  note={props.note?.(item) ?? item.owner.name}
                  backText={props.backText}
                  backName={props.nameBack(item)}
                  onBack={() => props.onBack([item])}
                />
              )}
            </For>
          </ul>
        </>
      )}
    </PageList>
  )
}

const squares = 'grid grid-cols-2 gap-3 sm:grid-cols-3 wide:grid-cols-5'

/** What is on its way, in its shape. */
export const SetAsideSkeleton = (): JSX.Element => (
  <div role="img" aria-label={screenWords.viewer.loading} class={`pulse ${squares}`}>
    <For each={Array.from({ length: 10 })}>
      {() => (
        <div class="overflow-hidden rounded-box border border-line pb-11">
          <div class="aspect-square bg-sunken" />
        </div>
      )}
    </For>
  </div>
)

/** Everything of a list that comes a page at a time, unless it does not come. */
export async function loadAll(list: Pages): Promise<void> {
  while (list.hasNextPage && list.error === null) await list.fetchNextPage()
}

/** Ctrl+A chooses everything, Escape ends what is under way, or else the selection. */
function useChosenKeys(keys: { chooseAll: () => void; clear: () => void }): void {
  const onKey = (event: KeyboardEvent) => {
    if (isTyping(event)) return
    if (event.key === 'Escape') return keys.clear()
    if (event.key !== 'a' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    keys.chooseAll()
  }
  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
}

type TileProps = {
  item: GalleryItem
  selection: Selection
  note: string
  backText: string
  backName: string | null
  onBack: () => void
}

function Tile(props: TileProps): JSX.Element {
  const isChosen = () => props.selection.has(props.item.id)
  const isMarked = () => isChosen() || props.selection.wouldTake(props.item.id)
  return (
    <li
      class="flex flex-col overflow-hidden rounded-box border"
      classList={{ 'border-line': !isMarked(), 'border-accent': isMarked() }}
    >
      <button
        type="button"
        role="checkbox"
        aria-checked={isChosen()}
        aria-label={galleryWords.choose(nameItem(props.item))}
        class="group relative aspect-square bg-sunken focus-visible:-outline-offset-3"
        onPointerEnter={(event) => props.selection.hover(props.item.id, event.shiftKey)}
        onPointerLeave={() => props.selection.hover(null, false)}
        onClick={(event) =>
          event.shiftKey ? props.selection.takeRange(props.item.id) : props.selection.toggle(props.item.id)
        }
      >
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
            alt=""
            loading="lazy"
            class="size-full object-cover opacity-75"
          />
        </Show>
        <span
          class={`check-mark [--check-at:0px] absolute top-2.5 left-2.5 transition-opacity ${
            props.selection.isOn()
              ? ''
              : 'pointer-fine:opacity-0 pointer-fine:group-hover:opacity-100 group-focus-visible:opacity-100'
          }`}
        />
      </button>
      <div class="flex min-h-11 flex-wrap items-center justify-between gap-x-2 px-3 py-1">
        <span class="max-w-full truncate text-sm text-soft">{props.note}</span>
        <Show when={props.backName}>
          {(name) => (
            <button
              type="button"
              class="link min-h-11 min-w-11 text-left"
              aria-label={name()}
              onClick={() => props.onBack()}
            >
              {props.backText}
            </button>
          )}
        </Show>
      </div>
    </li>
  )
}
