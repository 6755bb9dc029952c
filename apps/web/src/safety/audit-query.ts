// Reading the audit log a page at a time: all of it for administrators, a group's for its admins.
import { isAnyId, isId, type GroupId, type Id, type IdKind, type UserId } from '@shoebox/shared/ids.ts'
import type { AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import { api, type Outputs } from '../api/client.ts'

export type AuditPage = Outputs['audit']['list']
export type Entry = AuditPage['entries'][number]

/** Somebody or something that entries are looked for by; the name is for showing. */
export type Named<I extends string> = { readonly id: I; readonly name: string }

export type AuditFilter = {
  readonly action: AuditAction | undefined
  readonly actor: Named<UserId> | undefined
  readonly subject: Named<Id<IdKind>> | undefined
  /** Null: the site's own entries. Nothing: of everywhere. */
  readonly group: Named<GroupId> | null | undefined
  /** Days, `YYYY-MM-DD`, in the reader's zone; both are included. Empty: no limit. */
  readonly from: string
  readonly to: string
}

export const everything: AuditFilter = {
  action: undefined,
  actor: undefined,
  subject: undefined,
  group: undefined,
  from: '',
  to: '',
}

export const isEverything = ({ action, actor, subject, group, from, to }: AuditFilter): boolean =>
  action === undefined && actor === undefined && subject === undefined && group === undefined && from + to === ''

/** Of which log. */
export type AuditSource = { readonly kind: 'site' } | { readonly kind: 'group'; readonly groupId: GroupId }

const startOf = (day: string, plusDays = 0): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).toISOString()
}

const askFor = ({ action, actor, subject, from, to }: AuditFilter) => ({
  ...(action === undefined ? {} : { action }),
  ...(actor === undefined ? {} : { actorId: actor.id }),
  ...(subject === undefined ? {} : { subjectId: subject.id }),
  ...(from === '' ? {} : { from: startOf(from) }),
  ...(to === '' ? {} : { to: startOf(to, 1) }),
})

const chainOf = ({ group }: AuditFilter) => (group === undefined ? 'all' : (group?.id ?? 'site'))

export function readEntries(
  source: AuditSource,
  filter: AuditFilter,
  { before, size }: { before: AuditPage['next']; size: number },
): Promise<AuditPage> {
  const page = { ...askFor(filter), size, ...(before === null ? {} : { before }) }
  return source.kind === 'site'
    ? api.audit.list.query({ ...page, chain: chainOf(filter) })
    : api.audit.ofGroup.query({ ...page, groupId: source.groupId })
}

/** Has it written down that these entries are exported. */
export const beginExport = async (source: AuditSource, filter: AuditFilter): Promise<void> => {
  if (source.kind === 'site') await api.audit.beginExport.mutate({ ...askFor(filter), chain: chainOf(filter) })
  else await api.audit.beginGroupExport.mutate({ ...askFor(filter), groupId: source.groupId })
}

/** A filter for an id that somebody pasted: a group's is looked in, all others are looked for. Null: it is no id. */
export function findBy(text: string, filter: AuditFilter): AuditFilter | null {
  const id = text.trim()
  if (isId('group', id)) return { ...filter, group: { id, name: id } }
  return isAnyId(id) ? { ...filter, subject: { id, name: id } } : null
}
