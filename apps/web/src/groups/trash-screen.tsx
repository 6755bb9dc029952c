// What was deleted and can still be put back. For a group: one's own, and for its admins everyone's.
import { useParams } from '@solidjs/router'
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import { api, type Outputs } from '../api/client.ts'
import { useInfiniteQuery } from '../api/use-query.ts'
import { nameItem } from '../feed/name-item.ts'
import { end, restore } from '../gallery/item-calls.ts'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { galleryWords } from '../words/gallery-words.ts'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import type { Found } from './group-query.tsx'
import { loadAll, SetAside } from './set-aside.tsx'
import { createSetAsideDeed } from './set-aside-deed.ts'
import { backTo, OfGroup, SetAsideFrame } from './set-aside-frame.tsx'
import { renewGroup } from './renew-group.ts'

type Page = Outputs['gallery']['trash']
type Trashed = Page['items'][number]

const dayMs = 86_400_000
const heads = () => ({ title: groupWords.trashTitle, lead: groupWords.trashLead })

export function TrashScreen(): JSX.Element {
  const params = useParams()
  useTitle(() => groupWords.trashTitle)
  return (
    <Show when={params['groupId']} fallback={<Trash found={null} />}>
      {(groupId) => (
        <OfGroup {...heads()} groupId={groupId()}>
          {(found) => <Trash found={found()} />}
        </OfGroup>
      )}
    </Show>
  )
}

function Trash(props: { found: Found | null }): JSX.Element {
  const groupId = untrack(() => props.found?.group.id ?? null)
  /** What may be ended for good, once that is confirmed. */
  const [ending, setEnding] = createSignal<readonly Trashed[] | null>(null)
  const trash = useInfiniteQuery(() => ({
    queryKey: api.gallery.trash.key({ groupId }),
    queryFn: ({ pageParam: cursor }: { pageParam: string | null }) =>
      api.gallery.trash.query({ groupId, ...(cursor === null ? {} : { cursor }) }),
    initialPageParam: null,
    getNextPageParam: (page: Page) => page.nextCursor,
    staleTime: 0,
  }))
  const items = () => trash.data?.pages.flatMap((page) => page.items) ?? []
  const mine = () => items().filter((item) => item.isMine)
  const deed = createSetAsideDeed(() => {
    if (groupId !== null) renewGroup(groupId)
    void trash.refetch()
  })
  const restored = (count: number) => (count === 0 ? groupWords.notRestored : groupWords.restored(count))
  const endAll = (chosen: readonly Trashed[]) => {
    setEnding(null)
    void deed.run(chosen, end, groupWords.emptied)
  }

  /** Whoever empties the trash is told how much is in it. */
  const askFirst = async () => {
    await loadAll(trash)
    setEnding(mine())
  }

  /** An admin sees what others deleted too, which only they end. */
  const askToEnd = (chosen: readonly Trashed[]) => {
    const own = chosen.filter((item) => item.isMine)
    if (own.length === 0) showToast(galleryWords.notYours(chosen.length))
    else setEnding(own)
  }

  return (
    <SetAsideFrame
      {...heads()}
      back={props.found === null ? { href: '/you', name: screenWords.account.youTitle } : backTo(props.found)}
      action={
        <Show when={mine().length > 0}>
          <button type="button" class="button button-quiet" onClick={() => void askFirst()}>
            {groupWords.emptyTrash}
          </button>
        </Show>
      }
    >
      <SetAside
        list={trash}
        items={items()}
        progress={deed.progress()}
        empty={{ icon: 'trash', title: groupWords.trashEmptyTitle, text: groupWords.trashEmpty }}
        failedTitle={groupWords.trashFailedTitle}
        note={(item) => groupWords.daysLeft(Math.ceil((Date.parse(item.purgeAt) - serverNow()) / dayMs))}
        backIcon="retry"
        backText={groupWords.restore}
        nameBack={(item) => (item.isTakenOut && groupId === null ? null : groupWords.restoreOne(nameItem(item)))}
        onBack={(chosen) => void deed.run(chosen, restore, restored)}
        onEnd={askToEnd}
      />
      <Show when={ending()}>
        {(chosen) => (
          <Sheet title={groupWords.emptyTrashTitle(chosen().length)} onClose={() => setEnding(null)}>
            <p class="mb-5 text-soft">{groupWords.emptyTrashWhat}</p>
            <button
              type="button"
              class="button button-quiet min-h-12 w-full border-bad text-bad"
              onClick={() => endAll(chosen())}
            >
              {groupWords.delete}
            </button>
          </Sheet>
        )}
      </Show>
    </SetAsideFrame>
  )
}
