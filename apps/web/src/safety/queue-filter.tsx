// What of the queue is shown: what waits or what was decided, about what, and where.
import { For, type JSX } from 'solid-js'
import { subjectKinds, type SubjectKind } from '@shoebox/shared/safety/reasons.ts'
import { deskWords } from '../words/desk-words.ts'

export type CaseFilter = {
  readonly isDecided: boolean
  readonly subjectKind: SubjectKind | undefined
  readonly place: 'feed' | 'groups' | undefined
}

const kinds = ['all', ...subjectKinds] as const
const places = ['all', 'feed', 'groups'] as const
const unlessAll = <T extends string>(value: T): Exclude<T, 'all'> | undefined =>
  value === 'all' ? undefined : (value as Exclude<T, 'all'>)

export function QueueFilter(props: { filter: CaseFilter; onFilter: (filter: CaseFilter) => void }): JSX.Element {
  const set = (change: Partial<CaseFilter>) => props.onFilter({ ...props.filter, ...change })
  return (
    <div class="flex flex-1 flex-wrap items-center gap-1.5">
      <div role="group" aria-label={deskWords.queueLabel} class="flex rounded-box border border-line">
        <For each={[false, true]}>
          {(isDecided) => (
            <button
              type="button"
              class="min-h-11 px-3 font-medium first:rounded-l-box last:rounded-r-box"
              classList={{
                'bg-ink text-paper': props.filter.isDecided === isDecided,
                'text-soft hover:text-ink': props.filter.isDecided !== isDecided,
              }}
              aria-pressed={props.filter.isDecided === isDecided}
              onClick={() => set({ isDecided })}
            >
              {isDecided ? deskWords.decided : deskWords.waiting}
            </button>
          )}
        </For>
      </div>
      <Pick
        label={deskWords.kindLabel}
        options={kinds.map((value) => ({ value, name: deskWords.kinds[value] }))}
        value={props.filter.subjectKind ?? 'all'}
        onPick={(value) => set({ subjectKind: unlessAll(value) })}
      />
      <Pick
        label={deskWords.placeLabel}
        options={places.map((value) => ({ value, name: deskWords.places[value] }))}
        value={props.filter.place ?? 'all'}
        onPick={(value) => set({ place: unlessAll(value) })}
      />
    </div>
  )
}

type PickProps<T extends string> = {
  label: string
  options: readonly { readonly value: T; readonly name: string }[]
  value: T
  onPick: (value: T) => void
}

const Pick = <T extends string>(props: PickProps<T>): JSX.Element => (
  <select
    class="select pr-8 pl-2"
    aria-label={props.label}
    value={props.value}
    onChange={(event) => props.onPick(event.currentTarget.value as T)}
  >
    <For each={props.options}>
      {(option) => (
        <option value={option.value} selected={props.value === option.value}>
          {option.name}
        </option>
      )}
    </For>
  </select>
)
