import type { GroupId, MediaId } from '../ids.ts'
import { isSiteKind, type NoticeKind } from './kinds.ts'

export type Noticed = {
  readonly kind: NoticeKind
  /** Null: it happened in the public feed. */
  readonly groupId: GroupId | null
  /** Null: there is none, or it is gone. */
  readonly mediaId: MediaId | null
  readonly count: number
}

const isOfItem = /^item_/

/** Where one looks at what one was told, as a path of the site: the item while it is there, else its place. */
export function placeOf({ kind, groupId, mediaId, count }: Noticed): string {
  if (kind === 'item_removed') return '/you/trash'
  if (isSiteKind(kind)) return isOfItem.test(kind) ? '/you/uploads' : '/notifications'
  if (groupId !== null && kind === 'removed') return '/groups'
  const home = groupId === null ? '/' : `/g/${groupId}`
  if (kind === 'join_requested' || kind === 'role_changed') return `${home}/people`
  if (mediaId === null || (kind === 'items_added' && count > 1)) return home
  return groupId === null ? `/p/${mediaId}` : `${home}/p/${mediaId}`
}
