// The log as a file: read page by page, written as it comes, and handed to the browser when it is whole.
import { auditWords } from '../words/audit-words.ts'
import {
  beginExport,
  readEntries,
  type AuditFilter,
  type AuditPage,
  type AuditSource,
  type Entry,
} from './audit-query.ts'

export type ExportFormat = 'csv' | 'jsonl'

const sizeMax = 100
const types: Record<ExportFormat, string> = { csv: 'text/csv;charset=utf-8', jsonl: 'application/x-ndjson' }

/** @returns the file and how many entries are in it */
export async function exportEntries(
  source: AuditSource,
  filter: AuditFilter,
  format: ExportFormat,
  onCount: (count: number) => void,
): Promise<{ file: Blob; count: number }> {
  await beginExport(source, filter)
  const parts: string[] = format === 'csv' ? [`${columns.map(([name]) => name).join(',')}\r\n`] : []
  let count = 0
  let before: AuditPage['next'] = null
  do {
    const page: AuditPage = await readEntries(source, filter, { before, size: sizeMax })
    parts.push(
      page.entries.map((entry) => (format === 'csv' ? writeRow(entry) : `${JSON.stringify(entry)}\n`)).join(''),
    )
    count += page.entries.length
    onCount(count)
    before = page.next
  } while (before !== null)
  return { file: new Blob(parts, { type: types[format] }), count }
}

const columns: readonly (readonly [name: string, of: (entry: Entry) => string | number | null])[] = [
  ['at', (entry) => entry.at],
  ['action', (entry) => entry.action],
  ['actor_id', (entry) => entry.actor?.id ?? null],
  ['actor', (entry) => (entry.actor === null ? auditWords.operator : entry.actor.name)],
  ['subject_kind', (entry) => entry.subject.kind],
  ['subject_id', (entry) => entry.subject.id],
  ['subject', (entry) => entry.subject.name],
  ['group_id', (entry) => entry.group?.id ?? null],
  ['group', (entry) => entry.group?.name ?? null],
  ['detail', (entry) => JSON.stringify(entry.detail)],
  ['id', (entry) => entry.id],
  ['seq', (entry) => entry.seq],
  ['mac', (entry) => entry.mac],
]

export const writeRow = (entry: Entry): string => `${columns.map(([, of]) => quote(of(entry))).join(',')}\r\n`

/** RFC 4180. A name that begins like a formula gets an apostrophe: spreadsheets would run it. */
function quote(value: string | number | null): string {
  const text = value === null ? '' : typeof value === 'number' ? String(value) : value.replace(/^[=+\-@\t\r]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const nameFile = (format: ExportFormat, now: Date): string =>
  `shoebox-audit-${now.toISOString().slice(0, 10)}.${format}`
