// What somebody hid for themselves in a group's gallery, with the way back. Others see it all the while.
import { useParams } from '@solidjs/router'
import { untrack, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { useInfiniteQuery } from '../api/use-query.ts'
import { nameItem } from '../feed/name-item.ts'
import { unhide } from '../gallery/item-calls.ts'
import { useTitle } from '../ui/use-title.ts'
import { groupWords } from '../words/group-words.ts'
import { enterGroup, type Found } from './group-query.tsx'
import { SetAside } from './set-aside.tsx'
import { createSetAsideDeed } from './set-aside-deed.ts'
import { backTo, OfGroup, SetAsideFrame } from './set-aside-frame.tsx'

type Page = Outputs['gallery']['hidden']
type Hidden = Page['items'][number]

const heads = () => ({ title: groupWords.hiddenTitle, lead: groupWords.hiddenLead })

export function HiddenScreen(): JSX.Element {
  const params = useParams()
  useTitle(() => groupWords.hiddenTitle)
  return (
    <OfGroup {...heads()} groupId={params['groupId'] ?? ''}>
      {(found) => <HiddenItems found={found()} />}
    </OfGroup>
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
  const deed = createSetAsideDeed(() => hidden.refetch())
  return (
    <SetAsideFrame {...heads()} back={backTo(props.found)}>
      <SetAside
        list={hidden}
        items={hidden.data?.pages.flatMap((page) => page.items) ?? []}
        progress={deed.progress()}
        empty={{ icon: 'eye', title: groupWords.hiddenEmptyTitle, text: groupWords.hiddenEmpty }}
        failedTitle={groupWords.galleryFailedTitle}
        backIcon="eye"
        backText={groupWords.show}
        nameBack={(item) => groupWords.showOne(nameItem(item))}
        onBack={(items) => void deed.run(items, unhide, groupWords.restored)}
      />
    </SetAsideFrame>
  )
}
