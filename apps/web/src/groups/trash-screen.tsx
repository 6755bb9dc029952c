// What was deleted and can still be put back. For a group: one's own, and for its admins everyone's.
import { A, useParams } from '@solidjs/router'
import { createMemo, createSignal, Show, type JSX } from 'solid-js'
import { isId } from '@shoebox/shared/ids.ts'
import { api, type Outputs } from '../api/client.ts'
import { useInfiniteQuery } from '../api/use-query.ts'
import { nameItem } from '../feed/name-item.ts'
import { cutIds } from '../gallery/cut-ids.ts'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { galleryWords } from '../words/gallery-words.ts'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { SetAside } from './set-aside.tsx'
import { renewGroup } from './renew-group.ts'

type Page = Outputs['gallery']['trash']
type Trashed = Page['items'][number]

const dayMs = 86_400_000

export function TrashScreen(): JSX.Element {
  const params = useParams()
  const groupId = createMemo(() => {
    const text = params['groupId'] ?? ''
    return isId('group', text) ? text : null
  })
  /** What may be ended for good, once that is confirmed. */
  const [ending, setEnding] = createSignal<readonly Trashed[] | null>(null)
  const trash = useInfiniteQuery(() => ({
    queryKey: api.gallery.trash.key({ groupId: groupId() }),
    queryFn: ({ pageParam: cursor }: { pageParam: string | null }) =>
      api.gallery.trash.query({ groupId: groupId(), ...(cursor === null ? {} : { cursor }) }),
    initialPageParam: null,
    getNextPageParam: (page: Page) => page.nextCursor,
    staleTime: 0,
  }))
  const items = () => trash.data?.pages.flatMap((page) => page.items) ?? []
  const mine = () => items().filter((item) => item.isMine)
  useTitle(() => groupWords.trashTitle)

  const restore = async (chosen: readonly Trashed[]) => {
    try {
      let restored = 0
      for (const mediaIds of cutIds(chosen.map((item) => item.id))) {
        restored += (await api.gallery.restore.mutate({ mediaIds })).moved.length
      }
      showToast(restored === 0 ? groupWords.notRestored : groupWords.restored(restored))
      renewHere()
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void trash.refetch()
  }
  const renewHere = () => {
    const id = groupId()
    if (id !== null) renewGroup(id)
  }
  const endAll = async (chosen: readonly Trashed[]) => {
    setEnding(null)
    try {
      showToast(groupWords.emptied(await end(chosen)))
      renewHere()
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void trash.refetch()
  }

  /** Whoever empties the trash is told how much is in it. */
  const askFirst = async () => {
    while (trash.hasNextPage && !trash.isError) await trash.fetchNextPage()
    setEnding(mine())
  }

  /** An admin sees what others deleted too, which only they end. */
  const askToEnd = (chosen: readonly Trashed[]) => {
    const own = chosen.filter((item) => item.isMine)
    if (own.length === 0) showToast(galleryWords.notYours(chosen.length))
    else setEnding(own)
  }

  return (
    <div class="flex flex-col gap-5 px-4 pt-5 pb-16 wide:px-8 wide:pt-7">
      <header class="flex flex-col gap-1">
        <A class="link-alone self-start" href={groupId() === null ? '/you' : `/g/${groupId() ?? ''}`}>
          {groupId() === null ? screenWords.account.youTitle : groupWords.toGroup}
        </A>
        <div class="flex flex-wrap items-center gap-3">
          <h1 class="flex-1 text-2xl font-semibold tracking-tight">{groupWords.trashTitle}</h1>
          <Show when={mine().length > 0}>
            <button type="button" class="button button-quiet" onClick={() => void askFirst()}>
              {groupWords.emptyTrash}
            </button>
          </Show>
        </div>
        <p class="text-soft">{groupWords.trashLead}</p>
      </header>
      <SetAside
        list={trash}
        items={items()}
        empty={{ icon: 'trash', title: groupWords.trashEmptyTitle, text: groupWords.trashEmpty }}
        failedTitle={groupWords.trashFailedTitle}
        note={(item) => groupWords.daysLeft(Math.ceil((Date.parse(item.purgeAt) - Date.now()) / dayMs))}
        backIcon="retry"
        backText={groupWords.restore}
        nameBack={(item) => (item.isTakenOut && groupId() === null ? null : groupWords.restoreOne(nameItem(item)))}
        onBack={(chosen) => void restore(chosen)}
        onEnd={askToEnd}
      />
      <Show when={ending()}>
        {(chosen) => (
          <Sheet title={groupWords.emptyTrashTitle(chosen().length)} onClose={() => setEnding(null)}>
            <p class="mb-5 text-soft">{groupWords.emptyTrashWhat}</p>
            <button
              type="button"
              class="button button-quiet min-h-12 w-full border-bad text-bad"
              onClick={() => void endAll(chosen())}
            >
              {groupWords.delete}
            </button>
          </Sheet>
        )}
      </Show>
    </div>
  )
}

/** Ends items for good; returns how many there were. */
async function end(items: readonly Trashed[]): Promise<number> {
  let ended = 0
  for (const mediaIds of cutIds(items.map((item) => item.id))) {
    ended += (await api.gallery.emptyTrash.mutate({ mediaIds })).purged
  }
  return ended
}
