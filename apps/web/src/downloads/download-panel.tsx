// The panel of bulk downloads: over every screen, collapsible to a pill. It makes the store that it shows, so both are
// loaded when there is something to download.
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, untrack, type JSX } from 'solid-js'
import type { UserId } from '@shoebox/shared/ids.ts'
import { newUuid } from '../api/new-uuid.ts'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { keepAwakeWhile } from '../upload/keep-awake.ts'
import { downloadsWords } from '../words/downloads-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { takeRequests, wantDownloads } from './download-requests.ts'
import { PartRow } from './download-rows.tsx'
import { Downloads } from './downloads.ts'
import { createPartJournal } from './part-journal.ts'
import { planDownload } from './plan-download.ts'
import { createPartSaver } from './save-parts.ts'
import { createProgress, describeProgress } from './sum-progress.ts'

export function DownloadPanel(props: { userId: UserId }): JSX.Element {
  const downloads = openDownloads(untrack(() => props.userId))
  const [isRead, setRead] = createSignal(false)
  const [isExpanded, setExpanded] = createSignal(true)
  const isAnything = () => downloads.parts().length > 0 || downloads.preparing() !== null

  onMount(() => void downloads.read().finally(() => setRead(true)))
  createEffect(() => {
    const requests = takeRequests()
    if (requests.length > 0) setExpanded(true)
    for (const request of requests) void downloads.begin(request)
  })
  createEffect(on([isRead, isAnything], ([read, anything]) => read && !anything && wantDownloads(false)))
  onCleanup(() => downloads.forget())
  keepAwakeWhile(() => downloads.isSaving())
  warnOnLeaving(downloads)

  return (
    <Show when={isAnything()}>
      <Show when={isExpanded()} fallback={<Pill downloads={downloads} onExpand={() => setExpanded(true)} />}>
        <Panel downloads={downloads} onCollapse={() => setExpanded(false)} />
      </Show>
    </Show>
  )
}

function openDownloads(userId: UserId): Downloads {
  const saver = createPartSaver(Date.now)
  const tooLarge = () => downloadsWords.tooLarge(words.units.size(saver.inPageBytesMax))
  const planned = { userId, dataName: downloadsWords.dataName, newId: newUuid, nowMs: Date.now }
  return new Downloads({
    userId,
    saver,
    journal: createPartJournal(Date.now),
    plan: (request, onFound, signal) => planDownload({ ...planned, onFound }, request, signal),
    onRefused: (reason) => showToast(reason === 'empty' ? downloadsWords.empty : tooLarge()),
    onFailed: (error) => showToast(sentenceForError(error)),
  })
}

/** A page that closes takes the worker's company away, and the part breaks off half a minute later. */
function warnOnLeaving(downloads: Downloads): void {
  const warn = (event: BeforeUnloadEvent) => downloads.isSaving() && event.preventDefault()
  addEventListener('beforeunload', warn)
  onCleanup(() => removeEventListener('beforeunload', warn))
}

type Listed = { readonly downloadId: string; readonly title: string }

function Panel(props: { downloads: Downloads; onCollapse: () => void }): JSX.Element {
  /** One object for each download as long as it is there: rows keep their focus. */
  const listed = createMemo<readonly Listed[]>((before) => {
    const ids = [...new Set(props.downloads.parts().map(({ downloadId }) => downloadId))]
    return ids.map((id) => {
      const title = props.downloads.parts().find(({ downloadId }) => downloadId === id)?.title ?? ''
      return before.find(({ downloadId }) => downloadId === id) ?? { downloadId: id, title }
    })
  }, [])
  const preparing = createMemo(() => props.downloads.preparing()?.title)
  createEffect(on(preparing, (title) => title !== undefined && announce(downloadsWords.preparing(title))))
  return (
    <section
      aria-label={downloadsWords.panel}
      class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-20 flex max-h-[min(60dvh,520px)] flex-col overflow-hidden rounded-box border border-line bg-raised wide:right-auto wide:bottom-6 wide:left-28 wide:w-100"
    >
      <header class="flex items-center border-b border-line py-1 pr-1 pl-4">
        <h2 class="min-w-0 flex-1 truncate font-semibold">{downloadsWords.panel}</h2>
        <button
          type="button"
          class="button-icon"
          aria-label={downloadsWords.collapse}
          onClick={() => props.onCollapse()}
        >
          <Icon name="down" />
        </button>
      </header>
      {/* Focusable, so that a keyboard can scroll it also when no row has a button. */}
      <div class="overflow-y-auto overscroll-contain" tabindex="0" role="group" aria-label={downloadsWords.panel}>
        <Show when={props.downloads.preparing()}>
          {(preparing) => (
            <div class="flex items-center gap-2 border-b border-line py-2 pr-1 pl-4">
              <div class="min-w-0 flex-1">
                <p class="pulse truncate font-medium">{downloadsWords.preparing(preparing().title)}</p>
                <p class="truncate text-sm text-soft tabular-nums">{downloadsWords.found(preparing().found)}</p>
              </div>
              <button
                type="button"
                class="button-icon"
                aria-label={downloadsWords.stopPreparing}
                onClick={() => props.downloads.stopPreparing()}
              >
                <Icon name="close" size={20} />
              </button>
            </div>
          )}
        </Show>
        <For each={listed()}>{(download) => <Download downloads={props.downloads} listed={download} />}</For>
      </div>
    </section>
  )
}

function Download(props: { downloads: Downloads; listed: Listed }): JSX.Element {
  const { downloadId, title } = untrack(() => props.listed)
  const parts = () => props.downloads.parts().filter((part) => part.downloadId === downloadId)
  const numbers = createMemo(() => parts().map(({ number }) => number), undefined, {
    equals: (a, b) => a.length === b.length && a.every((number, i) => number === b[i]),
  })
  const progress = createProgress(
    untrack(() => props.downloads),
    parts,
  )
  const isSaved = () => parts().every(({ state }) => state === 'done')
  createEffect(
    on(isSaved, (saved, before) => before === false && saved && announce(downloadsWords.announceDone(title))),
  )
  return (
    <section class="border-b border-line py-2 last:border-b-0" aria-label={title}>
      <div class="flex items-center gap-2 pr-1 pl-4">
        <div class="min-w-0 flex-1">
          <h3 class="truncate font-medium" title={title}>
            {title}
          </h3>
          <p class="text-sm text-soft tabular-nums">{describeProgress(progress())}</p>
        </div>
        <button
          type="button"
          class="button-icon"
          aria-label={isSaved() ? downloadsWords.clear(title) : downloadsWords.cancel(title)}
          onClick={() => void props.downloads.drop(downloadId)}
        >
          <Icon name="close" size={20} />
        </button>
      </div>
      <ul>
        <For each={numbers()}>
          {(number) => (
            <Show when={parts().find((part) => part.number === number)}>
              {(part) => <PartRow downloads={props.downloads} part={part()} />}
            </Show>
          )}
        </For>
      </ul>
      <Show when={progress().isSaving || progress().isPaused}>
        <p class="px-4 pt-1 text-sm text-soft">{downloadsWords.stay}</p>
      </Show>
    </section>
  )
}

function Pill(props: { downloads: Downloads; onExpand: () => void }): JSX.Element {
  const progress = createProgress(
    untrack(() => props.downloads),
    () => props.downloads.parts(),
  )
  const summary = () => {
    const preparing = props.downloads.preparing()
    return preparing === null ? describeProgress(progress()) : downloadsWords.preparing(preparing.title)
  }
  return (
    <button
      type="button"
      class="rise button button-quiet fixed bottom-[calc(80px+env(safe-area-inset-bottom))] left-4 z-20 max-w-[calc(100vw-32px)] rounded-full wide:bottom-6 wide:left-28"
      aria-label={`${downloadsWords.expand}: ${summary()}`}
      onClick={() => props.onExpand()}
    >
      <Icon name="download" size={20} />
      <span class="truncate tabular-nums">{summary()}</span>
    </button>
  )
}
