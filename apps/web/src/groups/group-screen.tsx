// A group: what it is called, who is in it, and its gallery. Stays mounted under the viewer, as the feed does.
import { useLocation, useNavigate, useParams, useSearchParams, type RouteSectionProps } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
  untrack,
  type JSX,
} from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import { beginDownload } from '../downloads/download-requests.ts'
import { listGallery } from '../downloads/list-items.ts'
import { GridSkeleton } from '../feed/grid-skeleton.tsx'
import type { Shelf } from '../feed/shelf.ts'
import { ShelfContext } from '../feed/use-shelf.ts'
import { FilterBar, isFiltered, noFilter, readFilter, type FilterSearch } from '../gallery/filter-bar.tsx'
import { createChooseAll } from '../gallery/choose-all.ts'
import { createChosenSlides, type ChosenSlides } from '../gallery/chosen-slides.ts'
import { createGalleryActions } from '../gallery/gallery-actions.ts'
import type { GalleryDeeds } from '../gallery/gallery-keys.ts'
import { runDeed } from '../gallery/run-deed.ts'
import { SelectionBar } from '../gallery/selection-bar.tsx'
import { createSelection } from '../gallery/selection.ts'
import type { Timeline } from '../gallery/timeline-store.ts'
import { TimelineView } from '../gallery/timeline-view.tsx'
import { findTimeline } from '../gallery/open-timeline.ts'
import { GalleryContext } from '../gallery/use-gallery.ts'
import { useGalleryWatch } from '../gallery/use-gallery-watch.ts'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { onSearchKey } from '../ui/search-key.ts'
import { useTitle } from '../ui/use-title.ts'
import { PickButton } from '../upload/pick-button.tsx'
import { groupWords } from '../words/group-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { enterGroup, GroupGone, isLost, useGroup, type Found } from './group-query.tsx'
import { GroupHead } from './group-head.tsx'
import { InviteSheet } from './invite-sheet.tsx'

export function GroupScreen(props: RouteSectionProps): JSX.Element {
  const params = useParams()
  const location = useLocation()
  const group = useGroup(() => params['groupId'])
  const isViewing = createMemo(() => location.pathname.includes('/p/'))
  useTitle(() => (isViewing() ? '' : (group.data?.group.name ?? groupWords.title)))
  return (
    <Switch fallback={<GridSkeleton />}>
      <Match when={isLost(group)}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data?.group.id} keyed>
        {(_id) => <Show when={group.data}>{(found) => <Group found={found()}>{props.children}</Group>}</Show>}
      </Match>
    </Switch>
  )
}

function Group(props: { found: Found; children?: JSX.Element }): JSX.Element {
  const location = useLocation()
  const { session, likes } = useShoebox()
  const [search, setSearch] = useSearchParams<FilterSearch>()
  const [isInviting, setInviting] = createSignal(false)
  const [isFiltering, setFiltering] = createSignal(false)
  const found = untrack(() => props.found)
  const groupId = found.group.id
  enterGroup(found)
  const filter = createMemo(() => readFilter(search as FilterSearch))
  const timeline = createMemo(() => {
    const chosen = filter()
    return untrack(() => findTimeline(session.user()?.id ?? '', groupId, chosen, location.search))
  })
  const selection = createSelection((from, to) => timeline().between(from, to))
  const all = createChooseAll(() => timeline(), selection)
  const slides = createChosenSlides(() => timeline())
  const shelf = createShelf(() => timeline(), slides)
  const actions = createMemo(() =>
    createGalleryActions(
      groupId,
      timeline(),
      () => props.found.group.name,
      () => props.found.me.role,
    ),
  )
  const isContributor = () => isAtLeast(props.found.me.role, 'contributor')
  const members = useQuery(() => api.groups.members.options({ groupId }))

  createEffect(
    on(timeline, (opened) => {
      selection.clear()
      void opened.load()
      onCleanup(opened.onAdded((ids) => void likes.learn(ids).catch(() => undefined)))
    }),
  )
  const filters = leadToFilters(() => setFiltering(true))
  useGalleryWatch(groupId, () => timeline())
  // Whoever looks has seen what is there: it stops being new when they leave.
  onMount(() => {
    const markSeen = () => void api.groups.markSeen.mutate({ groupId }).catch(() => undefined)
    markSeen()
    onCleanup(() => {
      if (session.user() === null) return
      markSeen()
      void queryClient.invalidateQueries({ queryKey: api.groups.mine.key() })
    })
  })

  const downloadAll = () => {
    const chosen = filter()
    beginDownload({ title: props.found.group.name, list: () => listGallery(groupId, chosen) })
  }

  const navigate = useNavigate()
  const play = () => {
    const first = slides.begin(selection.ids())
    if (first !== undefined) navigate(timeline().hrefOf(first), { scroll: false, state: { fromList: true } })
  }

  const deeds: GalleryDeeds = {
    chooseAll: () => void all.choose(),
    clear: () => (actions().progress() ?? { stop: selection.clear }).stop(),
    play,
    trash: (ids) => void runDeed(selection, ids, actions().trash),
    download: (ids) => void runDeed(selection, ids, actions().download),
  }
  const rules = { role: () => props.found.me.role, locationPolicy: () => props.found.group.locationPolicy }

  return (
    <GalleryContext.Provider value={{ groupId, ...rules, timeline, actions, slides }}>
      <ShelfContext.Provider value={shelf}>
        {/* The bar of what is chosen covers the foot of a phone: the last row can be scrolled out from under it. */}
        <div class="px-1 wide:px-5 max-wide:has-[[role=toolbar]]:pb-28">
          <GroupHead
            found={props.found}
            isFiltering={isFiltering() || isFiltered(filter())}
            onDownload={timeline().total() === 0 ? null : downloadAll}
            onFilter={() => setFiltering((shown) => !shown)}
            onInvite={() => setInviting(true)}
          />
          <Show when={isFiltering() || isFiltered(filter())}>
            <FilterBar
              ref={filters}
              search={search}
              hiddenHref={`/g/${groupId}/hidden`}
              members={members.data?.members.filter((member) => !member.isBlocked) ?? []}
              onChange={(change) => setSearch(change, { replace: true })}
            />
          </Show>
          <SelectionBar selection={selection} all={all} actions={actions()} mayTrash={isContributor()} onPlay={play} />
          <Switch fallback={<GridSkeleton />}>
            <Match when={timeline().state() === 'failed'}>
              <Notice
                icon="warning"
                title={groupWords.galleryFailedTitle}
                text={sentenceForError(timeline().failure())}
                alert
              >
                <button type="button" class="button button-main" onClick={() => void timeline().load()}>
                  {words.fault.retry}
                </button>
              </Notice>
            </Match>
            <Match when={timeline().state() === 'ready' && timeline().total() === 0}>
              <Empty
                isFiltered={isFiltered(filter())}
                isContributor={isContributor()}
                onClear={() => setSearch(noFilter, { replace: true })}
              />
            </Match>
            <Match when={timeline().state() === 'ready' && timeline()} keyed>
              {(shown) => <TimelineView timeline={shown} selection={selection} deeds={deeds} />}
            </Match>
          </Switch>
          <Show when={isInviting()}>
            <InviteSheet group={props.found.group} onClose={() => setInviting(false)} />
          </Show>
          {props.children}
        </div>
      </ShelfContext.Provider>
    </GalleryContext.Provider>
  )
}

/** The gallery as it stands now: another filter is another one. */
const createShelf = (timeline: () => Timeline, slides: ChosenSlides): Shelf => ({
  find: (id) => timeline().find(id),
  patch: (id, change) => timeline().patch(id, change),
  renew: (id) => timeline().renew(id),
  hrefOf: (id) => timeline().hrefOf(id),
  href: () => timeline().href(),
  isSettled: () => timeline().isSettled(),
  beside: slides.beside,
  lookAround: (id) => timeline().lookAround(id),
  ask: (id) => timeline().ask(id),
})

/** `/` shows the filters and goes to the first. Returns what takes their element. */
function leadToFilters(show: () => void): (element: HTMLDivElement) => void {
  let filters: HTMLDivElement | undefined
  onSearchKey(() => {
    show()
    filters?.querySelector('button')?.focus()
  })
  return (element) => (filters = element)
}

function Empty(props: { isFiltered: boolean; isContributor: boolean; onClear: () => void }): JSX.Element {
  return (
    <Show
      when={!props.isFiltered}
      fallback={
        <Notice icon="filter" title={groupWords.filterEmptyTitle} text={groupWords.filterEmpty}>
          <button type="button" class="button button-main" onClick={() => props.onClear()}>
            {groupWords.clearFilters}
          </button>
        </Notice>
      }
    >
      <Notice
        icon="image"
        title={groupWords.galleryEmptyTitle}
        text={props.isContributor ? groupWords.galleryEmpty : groupWords.galleryEmptyViewer}
      >
        <Show when={props.isContributor}>
          <PickButton class="button button-main">
            <Icon name="plus" size={20} />
            {words.places.uploadLong}
          </PickButton>
        </Show>
      </Notice>
    </Show>
  )
}
