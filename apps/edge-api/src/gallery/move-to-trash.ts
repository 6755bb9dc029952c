import type { MediaId } from '@shoebox/shared/ids.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import { auditItems, changeOf, presentMoved, type AuditedItemsChange } from './change-items.ts'
import type { MovedOutput } from './gallery.schema.ts'

export type MoveToTrashDeps = SealDeps & {
  readonly nowMs: () => number
  /** Answers the ids that it moved. */
  readonly moveToTrash: (change: AuditedItemsChange) => Promise<readonly MediaId[]>
}

/** Takes items away for everyone: one's own, and for an admin those of members below and of people who left. */
export async function moveToTrash(
  deps: MoveToTrashDeps,
  user: EmailVerified<User>,
  mediaIds: readonly MediaId[],
): Promise<MovedOutput> {
  const change = changeOf(user, mediaIds, deps.nowMs())
  return presentMoved(change, await deps.moveToTrash(await auditItems(deps, 'item.removed_by_admin', change)))
}
