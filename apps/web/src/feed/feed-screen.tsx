// The public feed: head, grid, foot. Stays mounted under the viewer, so a closed photo finds its list as it was.
import { A, useLocation, type RouteSectionProps } from '@solidjs/router'
import { createEffect, createMemo, createSignal, Match, on, onCleanup, onMount, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { announce } from '../ui/announcer.tsx'
import { FirstIcon } from '../ui/first-icon.tsx'
import { NoticeFrame } from '../ui/notice-frame.tsx'
import { useTitle } from '../ui/use-title.ts'
import { PickButton } from '../upload/pick-button.tsx'
import { withWords } from '../words/translation.ts'
import { sentenceForError, words } from '../words/words.ts'
import { GridSkeleton } from './grid-skeleton.tsx'
import { PhotoGrid } from './photo-grid.tsx'
import { later } from './later.ts'
import type * as Comforts from './list-comforts.tsx'

export function FeedScreen(props: RouteSectionProps): JSX.Element {
  const { feed, session } = useShoebox()
  const location = useLocation()
  const isViewing = createMemo(() => location.pathname.startsWith('/p/'))
  const [isNearTop, setNearTop] = createSignal(true)
  useTitle(() => (isViewing() ? '' : words.feed.title))

  onMount(() => {
    void feed.loadFirst()
    const see = () => setNearTop(window.scrollY < 200)
    addEventListener('scroll', see, { passive: true })
    onCleanup(() => removeEventListener('scroll', see))
  })

  // Not lazy(): coming back would wait for it, and the scroll position would be restored on a page without its list.
  const [comforts, setComforts] = createSignal<typeof Comforts>()
  later(
    () => withWords(import('./list-comforts.tsx')),
    (file) => setComforts(() => file),
  )
  const canShow = () => isNearTop() && !isViewing()
  later(
    () => withWords(import('./use-feed-watch.ts')),
    ({ useFeedWatch }) => useFeedWatch(feed, canShow, (count) => announce(words.feed.arrived(count))),
  )
  // What waited behind the pill is put in place when the reader is back at the top by himself.
  createEffect(on(canShow, (can) => can && feed.incoming().length > 0 && feed.showIncoming()))

  const showNew = () => {
    feed.showIncoming()
    window.scrollTo({ top: 0 })
  }

  return (
    <div class="px-1 wide:px-5">
      <header class="flex items-center justify-between px-3 pt-3 pb-1 wide:px-0 wide:pt-5 wide:pb-2">
        <h1 class="text-2xl font-semibold tracking-tight">{words.feed.title}</h1>
        <div class="-mr-2 flex">
          <span class="size-11">
            <Show when={comforts()}>{(file) => file().DensityControl()}</Show>
          </span>
          <A class="button-icon" href="/camera" aria-label={words.feed.camera}>
            <FirstIcon name="camera" size={26} />
          </A>
        </div>
      </header>
      <Show when={session.isVisitor()}>
        <Welcome />
      </Show>
      <Show when={feed.incoming().length > 0 && !canShow()}>
        <button
          type="button"
          class="rise button button-main fixed top-4 left-1/2 z-20 -translate-x-1/2 rounded-full wide:ml-10"
          aria-label={words.feed.showNew(feed.incoming().length)}
          onClick={showNew}
        >
          <FirstIcon name="up" size={18} />
          {words.feed.newItems(feed.incoming().length)}
        </button>
      </Show>
      <Switch>
        <Match when={feed.items().length > 0}>
          <PhotoGrid />
          <Show when={comforts()} fallback={<div class="min-h-32" />}>
            {(file) => file().FeedFoot()}
          </Show>
        </Match>
        <Match when={feed.first() === 'loading'}>
          <GridSkeleton />
        </Match>
        <Match when={feed.first() === 'failed'}>
          <NoticeFrame
            icon={<FirstIcon name="warning" size={26} />}
            title={words.feed.failedTitle}
            text={sentenceForError(feed.failure())}
            alert
          >
            <button type="button" class="button button-main" onClick={() => void feed.loadFirst()}>
              {words.fault.retry}
            </button>
          </NoticeFrame>
        </Match>
        <Match when={feed.first() === 'ready'}>
          <NoticeFrame
            icon={<FirstIcon name="image" size={26} />}
            title={words.feed.emptyTitle}
            text={words.feed.empty}
          >
            <PickButton class="button button-main">
              <FirstIcon name="plus" size={20} />
              {words.places.uploadLong}
            </PickButton>
          </NoticeFrame>
        </Match>
      </Switch>
      <Show when={comforts()}>{(file) => file().ListComforts({ onRefresh: () => feed.restart() })}</Show>
      {props.children}
    </div>
  )
}

/** For people who look in for the first time: what this is and the one way in. */
function Welcome(): JSX.Element {
  return (
    <section class="mx-2 mb-4 flex flex-wrap items-center gap-x-6 gap-y-4 rounded-box bg-sunken p-5 wide:mx-0">
      <div class="min-w-[min(15rem,100%)] flex-1">
        <h2 class="text-lg font-semibold">{words.feed.welcome}</h2>
        <p class="text-soft">{words.feed.welcomeMore}</p>
      </div>
      <A class="button button-main" href="/sign-up">
        {words.account.signUp}
      </A>
    </section>
  )
}
