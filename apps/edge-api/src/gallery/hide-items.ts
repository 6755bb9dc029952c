import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import { changeOf, presentMoved, type ItemsChange } from './change-items.ts'
import type { MovedOutput } from './gallery.schema.ts'

export type HideItemsDeps = {
  readonly nowMs: () => number
  /** Answers the ids that are hidden now. */
  readonly hideItems: (change: ItemsChange) => Promise<readonly MediaId[]>
}

/** Hides items of one's galleries for oneself alone. */
export async function hideItems(
  deps: HideItemsDeps,
  user: EmailVerified<User>,
  mediaIds: readonly MediaId[],
): Promise<MovedOutput> {
  const change = changeOf(user, mediaIds, deps.nowMs())
  return presentMoved(change, await deps.hideItems(change))
}
