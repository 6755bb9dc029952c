// What of a gallery is shown: kinds, people, and a stretch of time. The filter stands in the address, so that Back and
// a reload keep it.
import { A } from '@solidjs/router'
import { For, Show, type JSX } from 'solid-js'
import type { Outputs } from '../api/client.ts'
import { groupWords } from '../words/group-words.ts'
import type { GalleryFilter, GalleryItem } from './gallery-item.ts'

type Member = Outputs['groups']['members']['members'][number]
type Kind = GalleryItem['kind']
const kinds: readonly Kind[] = ['image', 'video', 'audio']

export type FilterSearch = { kinds?: string; by?: string; from?: string; to?: string }

/** Reads the filter from the address; what makes no sense is left out. Days are the viewer's. */
export function readFilter(search: FilterSearch): GalleryFilter {
  const chosenKinds = kinds.filter((kind) => search.kinds?.split(',').includes(kind))
  const uploaders = (search.by ?? '').split(',').filter((id) => id !== '') as Member['id'][]
  return {
    ...(chosenKinds.length > 0 ? { kinds: chosenKinds } : {}),
    ...(uploaders.length > 0 ? { uploaders } : {}),
    ...(isDay(search.from) ? { from: search.from } : {}),
    ...(isDay(search.to) ? { to: search.to } : {}),
  }
}

export const noFilter = { kinds: undefined, by: undefined, from: undefined, to: undefined }

export const isFiltered = (filter: GalleryFilter): boolean => Object.keys(filter).length > 0

const isDay = (text: string | undefined): text is string => /^[1-9]\d{3}-\d\d-\d\d$/.test(text ?? '')

type FilterBarProps = {
  ref: (element: HTMLDivElement) => void
  search: FilterSearch
  members: readonly Member[]
  /** Where what one has hidden is kept. */
  hiddenHref: string
  onChange: (search: { [K in keyof FilterSearch]: string | undefined }) => void
}

export function FilterBar(props: FilterBarProps): JSX.Element {
  const listOf = (text: string | undefined) => (text ?? '').split(',').filter((part) => part !== '')
  const toggled = (text: string | undefined, part: string) => {
    const parts = listOf(text)
    const next = parts.includes(part) ? parts.filter((other) => other !== part) : [...parts, part]
    return next.length === 0 ? undefined : next.join(',')
  }
  return (
    <div
      ref={(element) => props.ref(element)}
      class="flex flex-wrap items-center gap-2 px-2 pb-3 wide:px-0"
      role="group"
      aria-label={groupWords.filters}
    >
      <For each={kinds}>
        {(kind) => (
          <Chip
            text={groupWords.filterKinds[kind]}
            isOn={listOf(props.search.kinds).includes(kind)}
            onToggle={() => props.onChange({ kinds: toggled(props.search.kinds, kind) })}
          />
        )}
      </For>
      <Show when={props.members.length > 1}>
        <For each={props.members}>
          {(member) => (
            <Chip
              text={member.name}
              isOn={listOf(props.search.by).includes(member.id)}
              onToggle={() => props.onChange({ by: toggled(props.search.by, member.id) })}
            />
          )}
        </For>
      </Show>
      <DayField
        label={groupWords.filterFrom}
        value={props.search.from}
        onChange={(from) => props.onChange({ from: from })}
      />
      <DayField label={groupWords.filterTo} value={props.search.to} onChange={(to) => props.onChange({ to: to })} />
      <Show when={Object.values(props.search).some((value) => value !== undefined && value !== '')}>
        <button type="button" class="link min-h-11 px-2" onClick={() => props.onChange(noFilter)}>
          {groupWords.clearFilters}
        </button>
      </Show>
      <A class="link-alone px-2" href={props.hiddenHref}>
        {groupWords.hiddenTitle}
      </A>
    </div>
  )
}

function Chip(props: { text: string; isOn: boolean; onToggle: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="min-h-11 max-w-45 truncate rounded-full border border-line px-4 transition-colors hover:border-soft aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
      aria-pressed={props.isOn}
      onClick={() => props.onToggle()}
    >
      {props.text}
    </button>
  )
}

function DayField(props: {
  label: string
  value: string | undefined
  onChange: (day: string | undefined) => void
}): JSX.Element {
  return (
    <label class="flex min-h-11 items-center gap-2 rounded-full border border-line px-4 text-soft hover:border-soft">
      {props.label}
      <input
        type="date"
        class="bg-transparent text-ink outline-none"
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
    </label>
  )
}
