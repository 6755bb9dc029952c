// Which entries of the log are shown: by what was done, where, when, and, chosen in the list itself, by and about whom.
import { createSignal, createUniqueId, For, Show, type JSX } from 'solid-js'
import { auditActions, groupActions, type AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import { Icon } from '../ui/icon.tsx'
import { announce } from '../ui/announcer.tsx'
import { auditWords } from '../words/audit-words.ts'
import { findBy, type AuditFilter, type AuditSource } from './audit-query.ts'

type FilterProps = { source: AuditSource; filter: AuditFilter; onFilter: (filter: AuditFilter) => void }

const field = 'h-11 min-w-0 rounded-box border border-line bg-raised px-3 hover:border-soft'

export function AuditFilterBar(props: FilterProps): JSX.Element {
  const set = (change: Partial<AuditFilter>) => props.onFilter({ ...props.filter, ...change })
  const actions = (): readonly AuditAction[] =>
    props.source.kind === 'site' ? auditActions : [...groupActions, 'export.audit']
  return (
    <div role="group" aria-label={auditWords.filterLabel} class="flex flex-col gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <select
          class="select w-60 max-w-full"
          aria-label={auditWords.action}
          onChange={({ currentTarget }) => set({ action: actions().find((action) => action === currentTarget.value) })}
        >
          <option value="" selected={props.filter.action === undefined}>
            {auditWords.anyAction}
          </option>
          <For each={actions()}>
            {(action) => (
              <option value={action} selected={props.filter.action === action}>
                {auditWords.actions[action]}
              </option>
            )}
          </For>
        </select>
        <Show when={props.source.kind === 'site'}>
          <select
            class="select"
            aria-label={auditWords.chain}
            onChange={({ currentTarget }) => set({ group: currentTarget.value === 'site' ? null : undefined })}
          >
            <option value="all" selected={props.filter.group === undefined}>
              {auditWords.chains.all}
            </option>
            <option value="site" selected={props.filter.group === null}>
              {auditWords.chains.site}
            </option>
            <Show when={props.filter.group}>
              {(group) => (
                <option value={group().id} selected>
                  {group().name}
                </option>
              )}
            </Show>
          </select>
        </Show>
        <span class="flex flex-wrap gap-x-4 gap-y-2">
          <Day label={auditWords.from} value={props.filter.from} onDay={(from) => set({ from })} />
          <Day label={auditWords.to} value={props.filter.to} onDay={(to) => set({ to })} />
        </span>
      </div>
      <Show when={props.source.kind === 'site'}>
        <FindBy filter={props.filter} onFilter={props.onFilter} />
      </Show>
      <div class="flex flex-wrap gap-2 empty:hidden">
        <Show when={props.filter.actor}>
          {(actor) => <Chip text={auditWords.by(actor().name)} onDrop={() => set({ actor: undefined })} />}
        </Show>
        <Show when={props.filter.subject}>
          {(subject) => <Chip text={auditWords.about(subject().name)} onDrop={() => set({ subject: undefined })} />}
        </Show>
      </div>
    </div>
  )
}

function Day(props: { label: string; value: string; onDay: (day: string) => void }): JSX.Element {
  return (
    <label class="flex items-center gap-2 text-soft">
      <span class="max-wide:min-w-12">{props.label}</span>
      <input
        type="date"
        class={`${field} text-ink`}
        value={props.value}
        onChange={({ currentTarget }) => props.onDay(currentTarget.value)}
      />
    </label>
  )
}

function Chip(props: { text: string; onDrop: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="flex min-h-11 max-w-full items-center gap-2 rounded-box border border-line bg-sunken px-3 wrap-anywhere hover:border-soft"
      aria-label={auditWords.drop(props.text)}
      onClick={() => props.onDrop()}
    >
      {props.text}
      <Icon name="close" size={16} />
    </button>
  )
}

function FindBy(props: Pick<FilterProps, 'filter' | 'onFilter'>): JSX.Element {
  const id = createUniqueId()
  const [text, setText] = createSignal('')
  const [isWrong, setWrong] = createSignal(false)
  const find = (event: SubmitEvent) => {
    event.preventDefault()
    const found = findBy(text(), props.filter)
    setWrong(found === null)
    if (found === null) return announce(auditWords.findWrong)
    setText('')
    props.onFilter(found)
  }
  return (
    <form class="flex flex-col gap-1" novalidate onSubmit={find}>
      <div class="flex gap-2">
        <input
          class={`${field} w-80 max-w-full aria-invalid:border-bad`}
          aria-label={auditWords.find}
          aria-describedby={`${id}-hint`}
          aria-invalid={isWrong() ? 'true' : undefined}
          placeholder={auditWords.find}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={text()}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit" class="button button-quiet" disabled={text().trim() === ''}>
          {auditWords.findButton}
        </button>
      </div>
      <p id={`${id}-hint`} class="text-sm" classList={{ 'text-bad': isWrong(), 'text-soft': !isWrong() }}>
        {isWrong() ? auditWords.findWrong : auditWords.findHint}
      </p>
    </form>
  )
}
