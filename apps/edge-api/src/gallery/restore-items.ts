import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import { changeOf, presentMoved, type ItemsChange } from './change-items.ts'
import type { MovedOutput } from './gallery.schema.ts'

export type RestoreItemsDeps = {
  readonly nowMs: () => number
  /** Answers the ids that it restored. */
  readonly restoreItems: (change: ItemsChange) => Promise<readonly MediaId[]>
}

/** Puts items back from the trash: one's own where one may still add, for an admin what admins took out. */
export async function restoreItems(
  deps: RestoreItemsDeps,
  user: EmailVerified<User>,
  mediaIds: readonly MediaId[],
): Promise<MovedOutput> {
  const change = changeOf(user, mediaIds, deps.nowMs())
  return presentMoved(change, await deps.restoreItems(change))
}
