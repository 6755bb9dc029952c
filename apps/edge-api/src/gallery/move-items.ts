import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import { changeOf, presentMoved, type ItemsChange } from './change-items.ts'
import type { MovedOutput } from './gallery.schema.ts'

export type MoveItemsDeps = {
  readonly nowMs: () => number
  /** Answers the ids that it moved. */
  readonly moveItems: (wish: ItemsChange & { toGroupId: GroupId | null }) => Promise<readonly MediaId[]>
}

/** Moves one's own items to another gallery to which one may add. Who saw them where they were gets no new signature. */
export async function moveItems(
  deps: MoveItemsDeps,
  user: EmailVerified<User>,
  { mediaIds, toGroupId }: { mediaIds: readonly MediaId[]; toGroupId: GroupId | null },
): Promise<MovedOutput> {
  const change = changeOf(user, mediaIds, deps.nowMs())
  return presentMoved(change, await deps.moveItems({ ...change, toGroupId }))
}
