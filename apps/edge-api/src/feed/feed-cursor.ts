// A keyset cursor: the position of one item in the feed, opaque to the client. Whatever does not read back to exactly
// the same text is not a cursor, so a changed one is refused instead of guessed at.
import { idFromUuid, isId, uuidOf, type MediaId } from '@shoebox/shared/ids.ts'

export type FeedPosition = { readonly publishedAtMs: number; readonly id: MediaId }

/** The last moment JavaScript can name; anything later is made up. */
const latestMs = 8.64e15

export const formatCursor = ({ publishedAtMs, id }: FeedPosition): string =>
  btoa(`${publishedAtMs.toString(36)}.${uuidOf(id)}`)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

export function parseCursor(text: string): FeedPosition | null {
  if (!/^[\w-]+$/.test(text)) return null
  const [time, uuid, ...rest] = decode(text).split('.')
  if (time === undefined || uuid === undefined || rest.length > 0) return null
  const position = { publishedAtMs: Number.parseInt(time, 36), id: idFromUuid('media', uuid) }
  if (!(position.publishedAtMs >= 0 && position.publishedAtMs <= latestMs) || !isId('media', position.id)) return null
  return formatCursor(position) === text ? position : null
}

function decode(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}

/** Before every item of the same millisecond and after none: where an empty feed stands. */
export const positionAt = (nowMs: number): FeedPosition => ({
  publishedAtMs: nowMs,
  id: idFromUuid('media', '00000000-0000-7000-8000-000000000000'),
})
