// What was deleted and can still be put back. For a group: one's own, and for its admins everyone's.
import { A, useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { isId } from '@shoebox/shared/ids.ts'
import { derivativeUrl } from '@shoebox/shared/media/derivatives.ts'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { nameItem } from '../feed/name-item.ts'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { groupWords } from '../words/group-words.ts'
import { sentenceForError, words } from '../words/words.ts'

type Trashed = Outputs['gallery']['trash']['items'][number]

const dayMs = 86_400_000

export function TrashScreen(): JSX.Element {
  const params = useParams()
  const groupId = createMemo(() => {
    const text = params['groupId'] ?? ''
    return isId('group', text) ? text : null
  })
  const [isAsking, setAsking] = createSignal(false)
  const trash = useQuery(
    () => ({ ...api.gallery.trash.options({ groupId: groupId() }), staleTime: 0 }),
    () => queryClient,
  )
  const items = () => trash.data?.items ?? []
  const mine = () => items().filter((item) => item.isMine)
  useTitle(() => groupWords.trashTitle)

  const restore = async (chosen: readonly Trashed[]) => {
    try {
      const { moved } = await api.gallery.restore.mutate({ mediaIds: chosen.map((item) => item.id) })
      showToast(groupWords.restored(moved.length))
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void trash.refetch()
  }
  const empty = async () => {
    setAsking(false)
    try {
      const { purged } = await api.gallery.emptyTrash.mutate({ mediaIds: mine().map((item) => item.id) })
      showToast(groupWords.emptied(purged))
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void trash.refetch()
  }

  return (
    <div class="flex flex-col gap-5 px-4 pt-5 pb-16 wide:px-8 wide:pt-7">
      <header class="flex flex-col gap-1">
        <A class="link self-start py-2" href={groupId() === null ? '/you' : `/g/${groupId() ?? ''}`}>
          {groupId() === null ? words.account.youTitle : groupWords.toGroup}
        </A>
        <div class="flex flex-wrap items-center gap-3">
          <h1 class="flex-1 text-2xl font-semibold tracking-tight">{groupWords.trashTitle}</h1>
          <Show when={mine().length > 0}>
            <button type="button" class="button button-quiet" onClick={() => setAsking(true)}>
              {groupWords.emptyTrash}
            </button>
          </Show>
        </div>
        <p class="text-soft">{groupWords.trashLead}</p>
      </header>
      <Switch>
        <Match when={trash.isPending}>
          <p class="pulse py-20 text-center">{words.viewer.loading}</p>
        </Match>
        <Match when={trash.isError}>
          <Notice icon="warning" title={groupWords.trashFailedTitle} text={sentenceForError(trash.error)} alert>
            <button type="button" class="button button-main" onClick={() => void trash.refetch()}>
              {words.fault.retry}
            </button>
          </Notice>
        </Match>
        <Match when={items().length === 0}>
          <Notice icon="trash" title={groupWords.trashEmptyTitle} text={groupWords.trashEmpty} />
        </Match>
        <Match when={true}>
          <ul class="grid grid-cols-2 gap-3 sm:grid-cols-3 wide:grid-cols-5">
            <For each={items()}>{(item) => <TrashTile item={item} onRestore={() => void restore([item])} />}</For>
          </ul>
        </Match>
      </Switch>
      <Show when={isAsking()}>
        <Sheet title={groupWords.emptyTrashTitle(mine().length)} onClose={() => setAsking(false)}>
          <p class="mb-5 text-soft">{groupWords.emptyTrashWhat}</p>
          <button
            type="button"
            class="button button-quiet min-h-12 w-full border-bad text-bad"
            onClick={() => void empty()}
          >
            {groupWords.delete}
          </button>
        </Sheet>
      </Show>
    </div>
  )
}

function TrashTile(props: { item: Trashed; onRestore: () => void }): JSX.Element {
  const daysLeft = () => Math.ceil((Date.parse(props.item.purgeAt) - Date.now()) / dayMs)
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
      <div class="flex items-center gap-2 px-3 py-1">
        <span class="min-w-0 flex-1 truncate text-sm text-soft">{groupWords.daysLeft(daysLeft())}</span>
        <button
          type="button"
          class="link min-h-11 px-1"
          aria-label={groupWords.restoreOne(nameItem(props.item))}
          onClick={() => props.onRestore()}
        >
          {groupWords.restore}
        </button>
      </div>
    </li>
  )
}
