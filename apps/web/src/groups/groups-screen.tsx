// The groups somebody is in: the liveliest first, found by name, and the two ways to one more.
import { A } from '@solidjs/router'
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { onSearchKey } from '../ui/search-key.ts'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { Told } from '../ui/told.tsx'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { GroupCard, GroupCardSkeleton } from './group-card.tsx'
import { NewGroupSheet } from './new-group-sheet.tsx'

/** From here on a list is searched rather than read. */
const searchFrom = 6

export function GroupsScreen(): JSX.Element {
  const { session } = useShoebox()
  useTitle(() => groupWords.title)
  return (
    <Show when={!session.isVisitor()} fallback={<ForMembers />}>
      <Groups />
    </Show>
  )
}

function ForMembers(): JSX.Element {
  return (
    <Notice icon="group" title={groupWords.signInTitle} text={groupWords.signIn} isPage>
      <A class="button button-main" href="/sign-in?next=/groups">
        {screenWords.account.signIn}
      </A>
    </Notice>
  )
}

function Groups(): JSX.Element {
  const mine = useQuery(() => api.groups.mine.options())
  const [search, setSearch] = createSignal('')
  const [isMaking, setMaking] = createSignal(false)
  let field: HTMLInputElement | undefined
  onSearchKey(() => field?.focus())
  const groups = () => mine.data?.groups ?? []
  const found = () => {
    const text = search().trim().toLocaleLowerCase()
    return text === '' ? groups() : groups().filter((group) => group.name.toLocaleLowerCase().includes(text))
  }

  return (
    <div class="mx-auto flex max-w-240 flex-col gap-6 px-4 pt-5 pb-16 wide:px-8 wide:pt-7">
      <header class="flex flex-wrap items-center gap-3">
        <h1 class="flex-1 text-2xl font-semibold tracking-tight max-wide:w-full max-wide:flex-none">
          {groupWords.title}
        </h1>
        <A class="button button-quiet max-wide:flex-1" href="/join">
          {groupWords.joinTitle}
        </A>
        <button type="button" class="button button-main max-wide:flex-1" onClick={() => setMaking(true)}>
          <Icon name="plus" size={20} />
          {groupWords.newGroup}
        </button>
      </header>
      <Show when={groups().length >= searchFrom}>
        <input
          ref={(element) => (field = element)}
          type="search"
          class="h-12 w-full rounded-box border border-line bg-raised px-4 text-base placeholder:text-soft hover:border-soft"
          placeholder={groupWords.search}
          aria-label={groupWords.search}
          value={search()}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </Show>
      <Pending />
      <Switch>
        <Match when={mine.isPending}>
          <Waiting />
        </Match>
        <Match when={mine.isLoadingError}>
          <Notice icon="warning" title={groupWords.failedTitle} text={sentenceForError(mine.error)} alert>
            <button type="button" class="button button-main" onClick={() => void mine.refetch()}>
              {words.fault.retry}
            </button>
          </Notice>
        </Match>
        <Match when={groups().length === 0}>
          <Notice icon="group" title={groupWords.emptyTitle} text={groupWords.empty} />
        </Match>
        <Match when={found().length === 0}>
          <Told class="py-8 text-center text-soft" text={groupWords.noMatch(search())} />
        </Match>
        <Match when={true}>
          <ul class="grid gap-4 sm:grid-cols-2 wide:grid-cols-3">
            <For each={found()}>{(group) => <GroupCard group={group} />}</For>
          </ul>
        </Match>
      </Switch>
      <Show when={isMaking()}>
        <NewGroupSheet onClose={() => setMaking(false)} />
      </Show>
    </div>
  )
}

function Waiting(): JSX.Element {
  return (
    <div role="img" aria-label={screenWords.viewer.loading}>
      <ul class="grid gap-4 sm:grid-cols-2 wide:grid-cols-3">
        <GroupCardSkeleton />
        <GroupCardSkeleton />
        <GroupCardSkeleton />
      </ul>
    </div>
  )
}

/** Groups somebody asked to join, until an admin answers. */
function Pending(): JSX.Element {
  const pending = useQuery(() => api.requests.mine.options())
  const takeBack = async (groupId: Parameters<typeof api.requests.withdraw.mutate>[0]['groupId']) => {
    try {
      await api.requests.withdraw.mutate({ groupId })
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void pending.refetch()
  }
  return (
    <Show when={(pending.data?.requests.length ?? 0) > 0}>
      <section class="flex flex-col gap-2">
        <h2 class="font-semibold">{groupWords.waitingTitle}</h2>
        <ul class="rounded-box border border-line">
          <For each={pending.data?.requests}>
            {(request) => (
              <li class="flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0">
                <span class="flex-1">{groupWords.waiting(request.name)}</span>
                <button type="button" class="button button-quiet" onClick={() => void takeBack(request.groupId)}>
                  {groupWords.takeBack}
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
