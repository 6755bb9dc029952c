// The panel of this visit's uploads: over every screen, collapsible to a pill.
import { A, useLocation } from '@solidjs/router'
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { screenWords } from '../words/screen-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { GroupList } from './group-list.tsx'
import { keepAwakeWhile } from './keep-awake.ts'
import { sayProgress } from './say-progress.ts'
import { UploadActions } from './upload-actions.tsx'
import { createSummary, Ring, UploadHead } from './upload-head.tsx'

/** The open panel, or the pill it collapses to. */
export function UploadPanel(): JSX.Element {
  const { uploads } = useShoebox()
  keepAwakeWhile(() => uploads.hereCount() > 0 && !uploads.isHeld() && !uploads.isPaused())
  sayProgress(uploads, () => performance.now())
  const location = useLocation()
  return (
    <Switch fallback={<Pill />}>
      {/* There the same rows stand on the page. */}
      <Match when={location.pathname === '/you/uploads'}>{null}</Match>
      <Match when={uploads.isExpanded()}>
        <Panel />
      </Match>
    </Switch>
  )
}

function Pill(): JSX.Element {
  const { uploads } = useShoebox()
  const summary = createSummary()
  return (
    <button
      type="button"
      class="rise button button-quiet fixed right-4 bottom-[calc(80px+env(safe-area-inset-bottom))] z-20 max-w-[calc(100vw-32px)] rounded-full wide:bottom-6"
      aria-label={`${uploadWords.expand}: ${summary()}`}
      onClick={() => uploads.setExpanded(true)}
    >
      <Ring />
      <span class="truncate tabular-nums">{summary()}</span>
    </button>
  )
}

function Panel(): JSX.Element {
  const { uploads } = useShoebox()
  const [scroller, setScroller] = createSignal<HTMLElement>()

  return (
    <section
      aria-label={uploadWords.panel}
      class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-20 flex max-h-[min(60dvh,520px)] flex-col overflow-hidden rounded-box border border-line bg-raised wide:inset-x-auto wide:right-6 wide:bottom-6 wide:w-100"
    >
      <header class="flex items-center border-b border-line pr-1">
        <UploadHead />
        <button
          type="button"
          class="button-icon"
          aria-label={uploadWords.collapse}
          onClick={() => uploads.setExpanded(false)}
        >
          <Icon name="down" />
        </button>
        <Show when={uploads.activeCount() === 0 && uploads.shown().length > uploads.totals().broken}>
          <button type="button" class="button-icon" aria-label={uploadWords.clear} onClick={() => uploads.clear()}>
            <Icon name="close" />
          </button>
        </Show>
      </header>
      {/* Focusable, so that a keyboard can scroll it also when no row has a button. */}
      <div
        ref={setScroller}
        class="overflow-y-auto overscroll-contain"
        tabindex="0"
        role="group"
        aria-label={uploadWords.panel}
      >
        <Show when={scroller()}>{(element) => <GroupList scroller={element()} level="h3" />}</Show>
        {/* At the end of the list and not with the actions: on a phone these would need a second row for it. */}
        <div class="border-t border-line px-4 text-sm">
          <A class="link-alone" href="/you/uploads">
            {screenWords.history.title}
          </A>
        </div>
      </div>
      <UploadActions />
    </section>
  )
}
