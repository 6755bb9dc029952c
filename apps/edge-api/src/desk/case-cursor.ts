// Where a page of the queue ended: a moment and a case, as text that a client hands back unread.
import { isId, type CaseId } from '@shoebox/shared/ids.ts'

export type CasePosition = { readonly atMs: number; readonly id: CaseId }

export const writeCaseCursor = ({ atMs, id }: CasePosition): string => `${atMs.toString(36)}.${id}`

/** Null for what was not written here. */
export function readCaseCursor(cursor: string): CasePosition | null {
  const [at = '', id = ''] = cursor.split('.')
  const atMs = Number.parseInt(at, 36)
  return /^[0-9a-z]{1,9}$/.test(at) && isId('case', id) ? { atMs, id } : null
}
