// A keyset cursor: a moment and an item, opaque to the client. Unlike the feed's, the moment may lie before 1970, since
// pictures do. Whatever does not read back to exactly the same text is not a cursor.
import { idFromUuid, isId, uuidOf, type MediaId } from '@shoebox/shared/ids.ts'

export type Position = { readonly atMs: number; readonly id: MediaId }

/** About the years 69 and 3871: within what Postgres and every date on a screen can say. */
const farthestMs = 6e13

export const formatPosition = ({ atMs, id }: Position): string =>
  btoa(`${atMs.toString(36)}.${uuidOf(id)}`)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

export function parsePosition(text: string): Position | null {
  if (!/^[\w-]+$/.test(text)) return null
  const [time, uuid, ...rest] = decode(text).split('.')
  if (time === undefined || uuid === undefined || rest.length > 0) return null
  const position = { atMs: Number.parseInt(time, 36), id: idFromUuid('media', uuid) }
  if (!(Math.abs(position.atMs) <= farthestMs) || !isId('media', position.id)) return null
  return formatPosition(position) === text ? position : null
}

function decode(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
