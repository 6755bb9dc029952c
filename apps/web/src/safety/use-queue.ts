// What the queue remembers: the filter, which case is open, which are chosen, and what is being asked about.
import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, on } from 'solid-js'
import { isId } from '@shoebox/shared/ids.ts'
import { decidedMax, type Decision } from '@shoebox/shared/safety/reasons.ts'
import { useCases } from './case-queries.ts'
import { decideCases, decisionsFor, type CaseId } from './decide.ts'
import type { CaseFilter } from './queue-filter.tsx'

const everything: CaseFilter = { isDecided: false, subjectKind: undefined, place: undefined }
const none: ReadonlySet<CaseId> = new Set()

export type Queue = ReturnType<typeof useQueue>

export function useQueue() {
  const [search, setSearch] = useSearchParams<{ case?: string }>()
  const [filter, setFilter] = createSignal(everything)
  const [chosen, setChosen] = createSignal(none)
  const [note, setNote] = createSignal('')
  /** Those that are to be removed, once that was confirmed. */
  const [removing, setRemoving] = createSignal<readonly CaseId[]>()
  const query = useCases(filter)
  const list = () => query.data?.pages.flatMap((page) => page.cases) ?? []
  const openId = (): CaseId | null => {
    const text = search.case ?? ''
    return isId('case', text) ? text : null
  }
  const open = (id: CaseId | null) => setSearch({ case: id }, { replace: id !== null && openId() !== null })
  const opened = () => list().filter(({ id }) => id === openId())
  const chosenCases = () => list().filter(({ id }) => chosen().has(id))
  createEffect(on(filter, () => setChosen(none), { defer: true }))
  createEffect(on(openId, () => setNote(''), { defer: true }))

  const decide = async (decision: Decision, ids: readonly CaseId[]) => {
    // What comes after, so that one case follows the other.
    const last = list().findIndex(({ id }) => id === ids.at(-1))
    const next = list().find(({ id }, at) => at > last && !ids.includes(id))
    const stays = decision === 'quarantine' || filter().isDecided
    if (!(await decideCases(ids, decision, note().trim()))) return
    setChosen(none)
    setNote('')
    if (!stays && ids.some((id) => id === openId())) open(next?.id ?? null)
  }

  return {
    query,
    list,
    filter,
    setFilter,
    openId,
    open,
    chosen,
    chosenCases,
    note,
    setNote,
    removing,
    choose(id: CaseId) {
      const next = new Set(chosen())
      if (!next.delete(id) && next.size < decidedMax) next.add(id)
      setChosen(next)
    },
    clear: () => void setChosen(none),
    /** The case after the one that is open, or before it. */
    step(by: 1 | -1) {
      const at = list().findIndex(({ id }) => id === openId())
      const next = list()[at < 0 ? 0 : at + by]
      if (next === undefined) return
      open(next.id)
      document.querySelector(`[data-case="${next.id}"]`)?.scrollIntoView({ block: 'nearest' })
    },
    /** Decides those that it can be decided of; what cannot be taken back is asked about first. */
    ask(decision: Decision, ids: readonly CaseId[]) {
      if (ids.length === 0) return
      if (decision === 'remove') setRemoving(ids)
      else void decide(decision, ids)
    },
    /** What a key means: those that are chosen, or else the one that is open. */
    meant: (decision: Decision) =>
      (chosen().size > 0 ? chosenCases() : opened())
        .filter((one) => decisionsFor(one).includes(decision))
        .map(({ id }) => id),
    endRemoving(isConfirmed: boolean) {
      const ids = removing() ?? []
      setRemoving(undefined)
      if (isConfirmed) void decide('remove', ids)
    },
  }
}
