// The queue: the cases of the feed and of all groups, and the one that is looked at beside them. On a phone it takes the
// place of the list. Everything can be done with the keyboard alone.
import { useSearchParams } from '@solidjs/router'
import { useInfiniteQuery } from '@tanstack/solid-query'
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js'
import { isId } from '@shoebox/shared/ids.ts'
import { decidedMax, type Decision } from '@shoebox/shared/safety/reasons.ts'
import { api, type Outputs } from '../api/client.ts'
import { dataOf } from '../api/data-of.ts'
import { queryClient } from '../api/query-client.ts'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { ShortcutSheet } from '../ui/shortcut-sheet.tsx'
import { deskWords } from '../words/desk-words.ts'
import { CaseList } from './case-list.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { CaseView } from './case-view.tsx'
import { decideCases, decisionsFor, type CaseId } from './decide.ts'
import { QueueFilter, type CaseFilter } from './queue-filter.tsx'
import { watchQueueKeys } from './queue-keys.ts'

type Page = Outputs['desk']['cases']

const everything: CaseFilter = { isDecided: false, subjectKind: undefined, place: undefined }

/** Others report and decide meanwhile. Milliseconds. */
const everyMs = 30_000

function useCases(filter: () => CaseFilter) {
  return useInfiniteQuery(
    () => ({
      queryKey: ['desk.cases', filter()],
      queryFn: ({ pageParam: cursor }: { pageParam: string | null }) => {
        const { isDecided, subjectKind, place } = filter()
        return api.desk.cases.query({
          isDecided,
          ...(subjectKind === undefined ? {} : { subjectKind }),
          ...(place === undefined ? {} : { place }),
          ...(cursor === null ? {} : { cursor }),
        })
      },
      initialPageParam: null,
      getNextPageParam: (page: Page) => page.nextCursor,
      staleTime: 0,
      gcTime: 0,
      refetchInterval: everyMs,
    }),
    () => queryClient,
  )
}

type Asked = { readonly ids: readonly CaseId[]; readonly note: string }

export function DeskQueue(): JSX.Element {
  const [search, setSearch] = useSearchParams<{ case?: string }>()
  const [filter, setFilter] = createSignal(everything)
  const [chosen, setChosen] = createSignal<ReadonlySet<CaseId>>(new Set())
  const [asked, setAsked] = createSignal<Asked>()
  const [isHelping, setHelping] = createSignal(false)
  const cases = useCases(filter)
  const list = () => dataOf(cases)?.pages.flatMap((page) => page.cases) ?? []
  const openId = () => {
    const text = search.case ?? ''
    return isId('case', text) ? text : null
  }
  const opened = () => list().find(({ id }) => id === openId())
  const open = (id: CaseId | null) => setSearch({ case: id }, { replace: id !== null && openId() !== null })
  const chosenCases = () => list().filter(({ id }) => chosen().has(id))
  createEffect(on(filter, () => setChosen(new Set<CaseId>()), { defer: true }))

  const choose = (id: CaseId) => {
    const next = new Set(chosen())
    if (!next.delete(id) && next.size < decidedMax) next.add(id)
    setChosen(next)
  }
  const step = (by: 1 | -1) => {
    const at = list().findIndex(({ id }) => id === openId())
    const next = list()[at < 0 ? 0 : at + by]
    if (next === undefined) return
    open(next.id)
    document.querySelector(`[data-case="${next.id}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const decide = async (decision: Decision, { ids, note }: Asked) => {
    // What comes after, so that one case follows the other.
    const next = list().find(({ id }, at) => !ids.includes(id) && at > list().findIndex((one) => one.id === ids.at(-1)))
    const stays = decision === 'quarantine' || filter().isDecided
    if (!(await decideCases(ids, decision, note))) return
    setChosen(new Set<CaseId>())
    if (!stays && ids.some((id) => id === openId())) open(next?.id ?? null)
  }
  const ask = (decision: Decision, asking: Asked) =>
    decision === 'remove' ? void setAsked(asking) : void decide(decision, asking)

  watchQueueKeys({
    step,
    choose: () => {
      const one = opened()
      if (one !== undefined && !filter().isDecided) choose(one.id)
    },
    decide: (decision) => {
      const about = chosen().size > 0 ? chosenCases() : [opened()].filter((one) => one !== undefined)
      const ids = about.filter((one) => decisionsFor(one).includes(decision)).map(({ id }) => id)
      if (ids.length > 0) ask(decision, { ids, note: '' })
    },
    close: () => (chosen().size > 0 ? setChosen(new Set<CaseId>()) : open(null)),
    help: () => setHelping(true),
  })

  return (
    <div class="grid items-start gap-6 wide:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div class="flex flex-col gap-4" classList={{ 'max-wide:hidden': openId() !== null }}>
        <div class="flex flex-wrap items-center gap-2">
          <QueueFilter filter={filter()} onFilter={setFilter} />
          <button
            type="button"
            class="button-icon ml-auto text-soft max-wide:hidden"
            aria-label={deskWords.shortcuts.label}
            onClick={() => setHelping(true)}
          >
            <Icon name="keyboard" />
          </button>
        </div>
        <CaseList
          list={cases}
          cases={list()}
          filter={filter()}
          openId={openId()}
          chosen={chosen()}
          onOpen={open}
          onChoose={choose}
        />
        <Show when={chosen().size > 0}>
          <BulkBar
            cases={chosenCases()}
            onClear={() => setChosen(new Set<CaseId>())}
            onDecide={(decision, ids) => ask(decision, { ids, note: '' })}
          />
        </Show>
      </div>
      <div class="wide:sticky wide:top-6 wide:max-h-[calc(100dvh-48px)] wide:overflow-y-auto wide:pr-1">
        <Show
          when={openId()}
          keyed
          fallback={
            <Show when={list().length > 0}>
              <p class="py-20 text-center text-soft max-wide:hidden">{deskWords.pick}</p>
            </Show>
          }
        >
          {(id) => (
            <div class="flex flex-col gap-3">
              <button type="button" class="link min-h-11 self-start wide:hidden" onClick={() => open(null)}>
                {deskWords.back}
              </button>
              <CaseView caseId={id} onDecide={(decision, note) => ask(decision, { ids: [id], note })} />
            </div>
          )}
        </Show>
      </div>
      <Show when={asked()}>
        {(asking) => (
          <RemoveSheet
            count={asking().ids.length}
            onClose={() => setAsked(undefined)}
            onRemove={() => {
              const removed = asking()
              setAsked(undefined)
              void decide('remove', removed)
            }}
          />
        )}
      </Show>
      <Show when={isHelping()}>
        <ShortcutSheet rows={shortcuts} onClose={() => setHelping(false)} />
      </Show>
    </div>
  )
}

const shortcuts = [
  { keys: ['J'], text: deskWords.shortcuts.next },
  { keys: ['K'], text: deskWords.shortcuts.previous },
  { keys: ['X'], text: deskWords.shortcuts.select },
  { keys: ['D'], text: deskWords.shortcuts.dismiss },
  { keys: ['Q'], text: deskWords.shortcuts.quarantine },
  { keys: ['R'], text: deskWords.shortcuts.restore },
  { keys: ['Del'], text: deskWords.shortcuts.remove },
  { keys: ['Esc'], text: deskWords.shortcuts.close },
]

const RemoveSheet = (props: { count: number; onClose: () => void; onRemove: () => void }): JSX.Element => (
  <Sheet title={deskWords.removeTitle(props.count)} onClose={props.onClose}>
    <p class="mb-5 text-soft">{deskWords.removeWhat}</p>
    <button
      type="button"
      class="button button-quiet min-h-12 w-full border-bad text-bad"
      onClick={() => props.onRemove()}
    >
      {deskWords.decisions.remove}
    </button>
  </Sheet>
)
