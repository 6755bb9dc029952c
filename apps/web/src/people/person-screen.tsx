// Somebody as everybody may see them: name, picture, and what they put in the public feed. Their list is a feed of its
// own, so the grid, the likes and the viewer are those of the public one.
import { A, useLocation, useParams, type RouteSectionProps } from '@solidjs/router'
import { createMemo, createSignal, Match, onCleanup, onMount, Show, Switch, untrack, type JSX } from 'solid-js'
import { isId, type UserId } from '@shoebox/shared/ids.ts'
import { serverNow } from '../api/server-clock.ts'
import { api, type Outputs } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { ShoeboxContext, useShoebox } from '../compose.ts'
import { DensityControl } from '../feed/density-control.tsx'
import { FeedFoot } from '../feed/feed-foot.tsx'
import { Feed } from '../feed/feed-store.ts'
import { GridSkeleton } from '../feed/grid-skeleton.tsx'
import { PhotoGrid } from '../feed/photo-grid.tsx'
import { onApart } from '../safety/apart.ts'
import { PersonMenu } from '../safety/person-menu.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Notice } from '../ui/notice.tsx'
import { useTitle } from '../ui/use-title.ts'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { OwnHeld } from './own-held.tsx'
import { screenWords } from '../words/screen-words.ts'

type Person = Outputs['people']['page']['person']

export function PersonScreen(props: RouteSectionProps): JSX.Element {
  const params = useParams()
  const userId = createMemo(() => {
    const text = params['userId'] ?? ''
    return isId('user', text) ? text : null
  })
  return (
    <Show when={userId()} fallback={<NobodyHere />} keyed>
      {(id) => <PersonPage userId={id}>{props.children}</PersonPage>}
    </Show>
  )
}

/** What somebody made public, page by page. `onPerson` hears with each page who they are. */
function openPersonFeed(userId: UserId, onPerson: (person: Person) => void): Feed {
  return new Feed({
    href: `/u/${userId}`,
    nowMs: serverNow,
    item: (mediaId) => api.feed.item.query({ mediaId }),
    async page(cursor) {
      const { person, ...page } = await api.people.page.query(cursor === null ? { userId } : { userId, cursor })
      onPerson(person)
      // Nothing new is listened for on this page.
      return { ...page, sinceCursor: '' }
    },
  })
}

function PersonPage(props: { userId: UserId; children?: JSX.Element }): JSX.Element {
  const shoebox = useShoebox()
  const location = useLocation()
  const [person, setPerson] = createSignal<Person>()
  const shownId = untrack(() => props.userId)
  const feed = openPersonFeed(shownId, setPerson)
  onCleanup(onApart((userId) => userId === shownId && void feed.restart()))
  const isViewing = createMemo(() => location.pathname.includes('/p/'))
  useTitle(() => (isViewing() ? '' : (person()?.name ?? '')))
  onMount(() => {
    void feed.loadFirst()
    // Hearts that stay empty are no reason to disturb anyone.
    const learn = (ids: Parameters<typeof shoebox.likes.learn>[0]) => shoebox.likes.learn(ids).catch(() => undefined)
    if (shoebox.session.user()) onCleanup(feed.onAdded((items) => void learn(items.map((item) => item.id))))
  })

  return (
    <ShoeboxContext.Provider value={{ ...shoebox, feed }}>
      <Switch>
        <Match when={feed.first() === 'failed' && isRefusedWith(feed.failure(), 'not_found')}>
          <NobodyHere />
        </Match>
        <Match when={feed.first() === 'failed'}>
          <Notice icon="warning" title={words.fault.title} text={sentenceForError(feed.failure())} alert isPage>
            <button type="button" class="button button-main" onClick={() => void feed.loadFirst()}>
              {words.fault.retry}
            </button>
          </Notice>
        </Match>
        <Match when={true}>
          <div class="px-1 wide:px-5">
            <PersonHead person={person()} />
            <Show when={shoebox.session.user()?.id === shownId}>
              <OwnHeld />
            </Show>
            <Switch fallback={<GridSkeleton />}>
              <Match when={feed.items().length > 0}>
                <PhotoGrid />
                <FeedFoot />
              </Match>
              <Match when={feed.first() === 'ready'}>
                <Notice icon="image" title={accountWords.person.emptyTitle} text={accountWords.person.empty} />
              </Match>
            </Switch>
          </div>
        </Match>
      </Switch>
      {props.children}
    </ShoeboxContext.Provider>
  )
}

function PersonHead(props: { person: Person | undefined }): JSX.Element {
  const { session } = useShoebox()
  const isMe = () => props.person !== undefined && session.user()?.id === props.person.id
  return (
    <header class="flex min-h-32 flex-wrap items-center gap-4 px-3 pt-5 pb-4 wide:px-0 wide:pt-8">
      <Show when={props.person}>
        {(person) => (
          <>
            <Avatar name={person().name} avatar={person().avatar} sizePx={80} />
            <div class="min-w-30 flex-1">
              <h1 class="text-2xl font-semibold tracking-tight wrap-anywhere">{person().name}</h1>
              <p class="text-soft">{isMe() ? accountWords.person.mine : accountWords.person.theirs}</p>
            </div>
            <div class="-mr-2 flex self-start">
              <DensityControl />
              <PersonMenu person={person()} />
            </div>
          </>
        )}
      </Show>
      <Show when={isMe()}>
        <A class="button button-quiet" href="/you">
          {accountWords.person.edit}
        </A>
      </Show>
    </header>
  )
}

function NobodyHere(): JSX.Element {
  useTitle(() => screenWords.notHere.title)
  return (
    <Notice icon="you" title={screenWords.notHere.title} text={accountWords.person.nobody} isPage>
      <A class="button button-main" href="/">
        {screenWords.notHere.toFeed}
      </A>
    </Notice>
  )
}
