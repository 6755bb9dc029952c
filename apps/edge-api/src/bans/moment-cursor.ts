// Where a page ended: a moment and an id, as text that a client hands back unread.
import { isId, type Id, type IdKind } from '@shoebox/shared/ids.ts'

export type MomentPosition<K extends IdKind> = { readonly atMs: number; readonly id: Id<K> }

export const writeMomentCursor = (at: Date, id: Id<IdKind>): string => `${at.getTime().toString(36)}.${id}`

/** Null for what was not written here. */
export function readMomentCursor<K extends IdKind>(kind: K, cursor: string): MomentPosition<K> | null {
  const [at = '', id = ''] = cursor.split('.')
  return /^[0-9a-z]{1,9}$/.test(at) && isId(kind, id) ? { atMs: Number.parseInt(at, 36), id } : null
}
