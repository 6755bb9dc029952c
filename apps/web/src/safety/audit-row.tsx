import { Show, type JSX } from 'solid-js'
import { isAnyId } from '@shoebox/shared/ids.ts'
import { auditWords } from '../words/audit-words.ts'
import { words } from '../words/words.ts'
import type { AuditFilter, AuditSource, Entry } from './audit-query.ts'
import { nameGroup, nameSubject, tellEntry, tellPlace } from './name-entry.ts'

type RowProps = { entry: Entry; source: AuditSource; filter: AuditFilter; onFilter: (filter: AuditFilter) => void }

/** One thing that was done. Whoever it was, whom it concerned and where it was can be looked for from here. */
export function AuditRow(props: RowProps): JSX.Element {
  const entry = () => props.entry
  const set = (change: Partial<AuditFilter>) => props.onFilter({ ...props.filter, ...change })
  const actor = () => (props.filter.actor === undefined ? entry().actor : null)
  const subject = () => {
    const { id } = entry().subject
    const isAsked = props.filter.subject !== undefined || id === entry().actor?.id || id === entry().group?.id
    return id !== null && isAnyId(id) && !isAsked ? id : null
  }
  const group = () => (props.source.kind === 'site' && props.filter.group === undefined ? entry().group : null)
  return (
    <li class="flex flex-col gap-1 border-b border-line px-4 py-3 last:border-b-0">
      <p class="font-medium wrap-anywhere">{tellEntry(entry())}</p>
      <p class="text-sm text-soft">
        <time datetime={entry().at}>{words.units.moment(new Date(entry().at))}</time>
        <Show when={props.source.kind === 'site'}>
          {' · '}
          <span class="wrap-anywhere">{tellPlace(entry())}</span>
        </Show>
        {' · '}
        {auditWords.place(entry().seq)}
      </p>
      <p class="-mx-2 flex flex-wrap empty:hidden">
        <Show when={actor()}>
          {(one) => (
            <Look
              text={auditWords.onlyBy(one().name ?? auditWords.gone)}
              onLook={() => set({ actor: { id: one().id, name: one().name ?? auditWords.gone } })}
            />
          )}
        </Show>
        <Show when={subject()}>
          {(id) => (
            <Look
              text={auditWords.onlyAbout(nameSubject(entry()))}
              onLook={() => set({ subject: { id: id(), name: nameSubject(entry()) } })}
            />
          )}
        </Show>
        <Show when={group()}>
          {(one) => (
            <Look
              text={auditWords.onlyIn(nameGroup(one()))}
              onLook={() => set({ group: { id: one().id, name: nameGroup(one()) } })}
            />
          )}
        </Show>
      </p>
    </li>
  )
}

const Look = (props: { text: string; onLook: () => void }): JSX.Element => (
  <button
    type="button"
    class="min-h-11 px-2 text-sm text-soft underline decoration-line underline-offset-4 wrap-anywhere hover:text-ink hover:decoration-ink"
    onClick={() => props.onLook()}
  >
    {props.text}
  </button>
)
