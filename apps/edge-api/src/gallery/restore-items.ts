import type { MediaId } from '@shoebox/shared/ids.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import { auditItems, changeOf, presentMoved, type AuditedItemsChange } from './change-items.ts'
import type { MovedOutput } from './gallery.schema.ts'

export type RestoreItemsDeps = SealDeps & {
  readonly nowMs: () => number
  /** Answers the ids that it restored. */
  readonly restoreItems: (change: AuditedItemsChange) => Promise<readonly MediaId[]>
}

/** Puts items back from the trash: one's own where one may still add, for an admin what admins took out. */
export async function restoreItems(
  deps: RestoreItemsDeps,
  user: EmailVerified<User>,
  mediaIds: readonly MediaId[],
): Promise<MovedOutput> {
  const change = changeOf(user, mediaIds, deps.nowMs())
  return presentMoved(change, await deps.restoreItems(await auditItems(deps, 'item.restored_by_admin', change)))
}
