// The frame: a bar at the foot of a phone, a slim rail beside a wide screen. Places and one action, nothing else.
import { A, useLocation } from '@solidjs/router'
import { createEffect, createMemo, on, Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { unreadCount } from '../notifications/unread-count.ts'
import { PickButton } from '../upload/pick-button.tsx'
import { withWords } from '../words/translation.ts'
import { words } from '../words/words.ts'
import { FirstIcon, Mark, type FirstIconName } from './first-icon.tsx'
import { isShownKept, shownFromMs } from './online.ts'
import { Told } from './told.tsx'

const place =
  'flex flex-1 flex-col items-center justify-center gap-0.5 rounded-box text-[min(0.75rem,15px)] leading-[1.3333] font-medium text-soft transition-colors hover:text-ink aria-[current=page]:text-ink wide:h-16 wide:w-16 wide:flex-none wide:hover:bg-sunken wide:aria-[current=page]:bg-sunken'

export function Shell(props: { children: JSX.Element }): JSX.Element {
  const { session } = useShoebox()
  let content: HTMLElement | undefined
  const location = useLocation()
  // Opened items and tabs belong to the screen under them, and look after the focus themselves.
  const screen = createMemo(() => location.pathname.replace(/\/?p\/[^/]+$/, '').replace(/^\/desk\/.*/, '/desk') || '/')
  const follow = () => {
    const before = document.activeElement
    void withWords(import('./focus-screen.ts')).then(
      ({ focusScreen }) => content !== undefined && focusScreen(content, before),
    )
  }
  createEffect(on(screen, follow, { defer: true }))
  const isFeed = () => location.pathname === '/' || location.pathname.startsWith('/p/')
  const isGroups = () => /^\/(groups|g|join)(\/|$)/.test(location.pathname)
  const isYou = () => /^\/(you|notifications)(\/|$)/.test(location.pathname) || location.pathname.startsWith('/sign-')

  return (
    <div class="pb-[calc(72px+env(safe-area-inset-bottom))] wide:pb-0 wide:pl-20">
      <a
        href="#content"
        onClick={(event) => {
          // The router takes the click for a navigation, which would not move the focus.
          event.preventDefault()
          content?.focus()
        }}
        class="button button-main sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:inline-flex focus:px-4"
      >
        {words.skipToContent}
      </a>
      <nav
        aria-label={words.places.label}
        class="fixed inset-x-0 bottom-0 z-20 flex h-[calc(64px+env(safe-area-inset-bottom))] items-stretch gap-1 border-t border-line bg-paper px-2 pt-1 pb-[calc(4px+env(safe-area-inset-bottom))] wide:inset-x-auto wide:inset-y-0 wide:left-0 wide:h-auto wide:w-20 wide:flex-col wide:items-center wide:border-t-0 wide:border-r wide:px-0 wide:py-4"
      >
        <A
          href="/"
          class="mb-3 hidden rounded-box p-2 wide:block"
          aria-label={words.product}
          inactiveClass=""
          activeClass=""
        >
          <Mark size={36} />
        </A>
        <Place href="/" icon="feed" text={words.places.feed} isCurrent={isFeed()} />
        <Place href="/groups" icon="group" text={words.places.groups} isCurrent={isGroups()} />
        <PickButton
          class="group flex flex-1 items-center justify-center rounded-box wide:order-last wide:mt-auto wide:flex-none"
          label={words.places.uploadLong}
        >
          <span class="grid h-[48px] w-[64px] place-items-center rounded-box bg-accent text-on-accent transition-colors group-hover:bg-accent-strong wide:size-14">
            <FirstIcon name="plus" size={26} />
          </span>
        </PickButton>
        <Show
          when={!session.isVisitor()}
          fallback={<Place href="/sign-in" icon="you" text={words.places.signIn} isCurrent={isYou()} />}
        >
          <Place href="/you" icon="you" text={words.places.you} isCurrent={isYou()} news={unreadCount()} />
        </Show>
      </nav>
      <main ref={(element) => (content = element)} id="content" tabindex="-1" class="outline-none">
        <Show when={isShownKept()}>
          <Told
            class="border-b border-line bg-sunken px-5 py-2 text-center text-sm text-balance"
            text={
              shownFromMs() === null
                ? words.fault.offline
                : words.fault.offlineFrom(words.units.moment(new Date(shownFromMs() ?? 0)))
            }
          />
        </Show>
        {props.children}
      </main>
    </div>
  )
}

function Place(props: {
  href: string
  icon: FirstIconName
  text: string
  isCurrent: boolean
  news?: number
}): JSX.Element {
  return (
    <A
      href={props.href}
      class={place}
      aria-current={props.isCurrent ? 'page' : undefined}
      activeClass=""
      inactiveClass=""
    >
      <span class="relative">
        <FirstIcon name={props.icon} size={24} />
        <Show when={(props.news ?? 0) > 0}>
          <span class="absolute -top-0.5 -right-1 size-2.5 rounded-full border-2 border-paper bg-accent" />
        </Show>
      </span>
      {props.text}
      <Show when={props.news}>{(count) => <span class="sr-only">{words.notifications.unread(count())}</span>}</Show>
    </A>
  )
}
