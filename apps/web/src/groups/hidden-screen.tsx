// What somebody hid for themselves in a group's gallery, with the way back. Others see it all the while.
import { A, useParams } from '@solidjs/router'
import { Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { useInfiniteQuery } from '../api/use-query.ts'
import { nameItem } from '../feed/name-item.ts'
import { cutIds } from '../gallery/cut-ids.ts'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { groupWords } from '../words/group-words.ts'
import { sentenceForError } from '../words/words.ts'
import { enterGroup, GroupGone, isLost, useGroup, type Found } from './group-query.tsx'
import { SetAside, SetAsideSkeleton } from './set-aside.tsx'

type Page = Outputs['gallery']['hidden']
type Hidden = Page['items'][number]

export function HiddenScreen(): JSX.Element {
  const params = useParams()
  const group = useGroup(() => params['groupId'])
  useTitle(() => groupWords.hiddenTitle)
  return (
    <Switch fallback={<Frame group={undefined} children={<SetAsideSkeleton />} />}>
      <Match when={isLost(group)}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data}>{(found) => <HiddenItems found={found()} />}</Match>
    </Switch>
  )
}

function HiddenItems(props: { found: Found }): JSX.Element {
  const { group } = untrack(() => props.found)
  enterGroup(untrack(() => props.found))
  const hidden = useInfiniteQuery(() => ({
    queryKey: api.gallery.hidden.key({ groupId: group.id }),
    queryFn: ({ pageParam: cursor }: { pageParam: Hidden['id'] | null }) =>
      api.gallery.hidden.query({ groupId: group.id, ...(cursor === null ? {} : { cursor }) }),
    initialPageParam: null,
    getNextPageParam: (page: Page) => page.nextCursor,
    staleTime: 0,
  }))
  const unhide = async (items: readonly Hidden[]) => {
    try {
      for (const mediaIds of cutIds(items.map((item) => item.id))) await api.gallery.unhide.mutate({ mediaIds })
      showToast(groupWords.restored(items.length))
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void hidden.refetch()
  }
  return (
    <Frame group={group}>
      <SetAside
        list={hidden}
        items={hidden.data?.pages.flatMap((page) => page.items) ?? []}
        empty={{ icon: 'eye', title: groupWords.hiddenEmptyTitle, text: groupWords.hiddenEmpty }}
        failedTitle={groupWords.galleryFailedTitle}
        backIcon="eye"
        backText={groupWords.show}
        nameBack={(item) => groupWords.showOne(nameItem(item))}
        onBack={(items) => void unhide(items)}
      />
    </Frame>
  )
}

/** Stands as it will before the group is known. */
const Frame = (props: { group: Found['group'] | undefined; children: JSX.Element }): JSX.Element => (
  <div class="flex flex-col gap-5 px-4 pt-5 pb-16 wide:px-8 wide:pt-7">
    <header class="flex flex-col gap-1">
      <Show when={props.group} fallback={<span class="h-11" />}>
        {(group) => (
          <A class="link-alone self-start" href={`/g/${group().id}`}>
            {group().name}
          </A>
        )}
      </Show>
      <h1 class="text-2xl font-semibold tracking-tight">{groupWords.hiddenTitle}</h1>
      <p class="text-soft">{groupWords.hiddenLead}</p>
    </header>
    {props.children}
  </div>
)
