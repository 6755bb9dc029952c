// The audit log as a list, with what it is looked through by and the way out of it. At the desk it is everybody's, in a
// group its own.
import { createSignal, For, Show, type JSX } from 'solid-js'
import { useInfiniteQuery } from '../api/use-query.ts'
import { Notice } from '../ui/notice.tsx'
import { PageList } from '../ui/page-list.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { Told } from '../ui/told.tsx'
import { auditWords } from '../words/audit-words.ts'
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
  return (
    <div class="flex flex-col gap-4">
      <AuditFilterBar source={props.source} filter={filter()} onFilter={setFilter} />
      <PageList
        list={list}
        items={list.data?.pages.flatMap((page) => page.entries) ?? []}
        failedTitle={auditWords.failedTitle}
        sentenceFor={sentenceForDesk}
        empty={<NoEntries filter={filter()} onClear={() => setFilter(everything)} />}
      >
        {(shown) => (
          <>
            <button type="button" class="button button-quiet self-start" onClick={() => setExporting(true)}>
              {auditWords.exportTitle}
            </button>
            <ol aria-label={auditWords.listLabel} class="overflow-hidden rounded-box border border-line">
              <For each={shown()}>
                {(entry) => <AuditRow entry={entry} source={props.source} filter={filter()} onFilter={setFilter} />}
              </For>
            </ol>
          </>
        )}
      </PageList>
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

const NoEntries = (props: { filter: AuditFilter; onClear: () => void }): JSX.Element => (
  <Show
    when={!isEverything(props.filter)}
    fallback={<Notice icon="check" title={auditWords.emptyTitle} text={auditWords.empty} />}
  >
    <Notice icon="filter" title={auditWords.nothingTitle} text={auditWords.nothing}>
      <button type="button" class="button button-main" onClick={() => props.onClear()}>
        {auditWords.clear}
      </button>
    </Notice>
  </Show>
)

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
      <Show when={count() !== undefined}>
        <Told class="mt-3 text-sm text-soft" text={auditWords.exporting(count() ?? 0)} />
      </Show>
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
