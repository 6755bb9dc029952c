import { idFromUuid, type AuditId, type UserId } from '@shoebox/shared/ids.ts'
import type { AuditAction, AuditSubjectKind } from '@shoebox/shared/safety/audit-actions.ts'
import { siteChain, type AuditDetail } from '@shoebox/shared/safety/audit-entry.ts'
import type { EntriesOutput } from './audit.schema.ts'

/** An entry with the names that go with it today. Ids that can be of any kind are bare UUIDs. */
export type EntryRow = {
  readonly id: AuditId
  readonly seq: number
  readonly at: Date
  readonly action: AuditAction
  readonly chain: string
  readonly groupName: string | null
  readonly actorId: UserId | null
  readonly actorName: string | null
  readonly subjectKind: AuditSubjectKind
  readonly subjectId: string | null
  readonly subjectName: string | null
  readonly detail: AuditDetail
  readonly mac: string
}

/** @param rows one more than the page has, if there is more */
export function presentEntries(rows: readonly EntryRow[], size: number): EntriesOutput {
  const shown = rows.slice(0, size)
  return { entries: shown.map(presentEntry), next: rows.length > size ? (shown.at(-1)?.id ?? null) : null }
}

function presentEntry(row: EntryRow): EntriesOutput['entries'][number] {
  const { id, seq, at, action, chain, actorId, subjectKind, subjectId, detail, mac } = row
  return {
    id,
    at: at.toISOString(),
    seq,
    mac,
    action,
    group: chain === siteChain ? null : { id: idFromUuid('group', chain), name: row.groupName },
    actor: actorId === null ? null : { id: actorId, name: row.actorName },
    subject: {
      kind: subjectKind,
      id: subjectId === null ? null : nameSubject(subjectKind, subjectId),
      name: subjectKind === 'group' ? row.groupName : row.subjectName,
    },
    detail: { ...detail },
  }
}

const nameSubject = (kind: AuditSubjectKind, uuid: string): string =>
  kind === 'known_bad' || kind === 'site' ? uuid : idFromUuid(kind, uuid)
