import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import { changeOf, type ItemsChange } from './change-items.ts'

export type UnhideItemsDeps = {
  readonly nowMs: () => number
  readonly unhideItems: (change: ItemsChange) => Promise<void>
}

/** Shows items again that one had hidden. */
export async function unhideItems(
  deps: UnhideItemsDeps,
  user: EmailVerified<User>,
  mediaIds: readonly MediaId[],
): Promise<Record<string, never>> {
  await deps.unhideItems(changeOf(user, mediaIds, deps.nowMs()))
  return {}
}
