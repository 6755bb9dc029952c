// The audit log as a list, with what it is looked through by and the way out of it. At the desk it is everybody's, in a
// group its own.
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { useInfiniteQuery } from '../api/use-query.ts'
import { Notice } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { auditWords } from '../words/audit-words.ts'
import { words } from '../words/words.ts'
import { exportEntries, nameFile, type ExportFormat } from './audit-export.ts'
import { AuditFilterBar } from './audit-filter.tsx'
import {
  everything,
  isEverything,
  readEntries,
  type AuditFilter,
  type AuditPage,
  type AuditSource,
} from './audit-query.ts'
import { AuditRow } from './audit-row.tsx'
import { sentenceForDesk } from './desk-access.ts'

const pageSize = 50

export function AuditLog(props: { source: AuditSource }): JSX.Element {
  const [filter, setFilter] = createSignal<AuditFilter>(everything)
  const [isExporting, setExporting] = createSignal(false)
  const list = useInfiniteQuery(() => ({
    queryKey: ['audit', props.source, filter()],
    queryFn: ({ pageParam: before }: { pageParam: AuditPage['next'] }) =>
      readEntries(props.source, filter(), { before, size: pageSize }),
    initialPageParam: null as AuditPage['next'],
    getNextPageParam: (page: AuditPage) => page.next,
    staleTime: 0,
    // Kept for nobody who signs in next.
    gcTime: 0,
  }))
  const entries = () => list.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <div class="flex flex-col gap-4">
      <AuditFilterBar source={props.source} filter={filter()} onFilter={setFilter} />
      <Switch>
        <Match when={list.isPending}>
          <p class="pulse py-20 text-center text-soft">{auditWords.loading}</p>
        </Match>
        <Match when={entries().length === 0 && list.error}>
          {(error) => (
            <Notice icon="warning" title={auditWords.failedTitle} text={sentenceForDesk(error())} alert>
              <button type="button" class="button button-main" onClick={() => void list.refetch()}>
                {words.fault.retry}
              </button>
            </Notice>
          )}
        </Match>
        <Match when={entries().length === 0 && isEverything(filter())}>
          <Notice icon="check" title={auditWords.emptyTitle} text={auditWords.empty} />
        </Match>
        <Match when={entries().length === 0}>
          <Notice icon="filter" title={auditWords.nothingTitle} text={auditWords.nothing}>
            <button type="button" class="button button-main" onClick={() => setFilter(everything)}>
              {auditWords.clear}
            </button>
          </Notice>
        </Match>
        <Match when={true}>
          <button type="button" class="button button-quiet self-start" onClick={() => setExporting(true)}>
            {auditWords.exportTitle}
          </button>
          <ol aria-label={auditWords.listLabel} class="overflow-hidden rounded-box border border-line">
            <For each={entries()}>
              {(entry) => <AuditRow entry={entry} source={props.source} filter={filter()} onFilter={setFilter} />}
            </For>
          </ol>
          <Show when={list.hasNextPage}>
            <button
              type="button"
              class="button button-quiet self-center"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {auditWords.more}
            </button>
          </Show>
        </Match>
      </Switch>
      <Show when={isExporting()}>
        <ExportSheet
          source={props.source}
          filter={filter()}
          onClose={() => {
            setExporting(false)
            void list.refetch()
          }}
        />
      </Show>
    </div>
  )
}

function ExportSheet(props: { source: AuditSource; filter: AuditFilter; onClose: () => void }): JSX.Element {
  const [count, setCount] = createSignal<number>()
  const save = async (format: ExportFormat) => {
    setCount(0)
    try {
      const { file, count: written } = await exportEntries(props.source, props.filter, format, setCount)
      saveFile(file, nameFile(format, new Date()))
      showToast(auditWords.exported(written))
    } catch (error) {
      showToast(sentenceForDesk(error))
    }
    props.onClose()
  }
  return (
    <Sheet title={auditWords.exportTitle} onClose={props.onClose}>
      <p class="mb-5 text-soft">{auditWords.exportWhat}</p>
      <div class="flex flex-col gap-3">
        <For each={['csv', 'jsonl'] as const}>
          {(format) => (
            <button
              type="button"
              class="button button-quiet min-h-12"
              disabled={count() !== undefined}
              onClick={() => void save(format)}
            >
              {format === 'csv' ? auditWords.exportCsv : auditWords.exportLines}
            </button>
          )}
        </For>
      </div>
      <p class="mt-3 text-sm text-soft empty:hidden" role="status">
        {count() === undefined ? '' : auditWords.exporting(count() ?? 0)}
      </p>
    </Sheet>
  )
}

/** Browsers need the address a while longer than the click. */
const addressMs = 60_000

function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), addressMs)
}
