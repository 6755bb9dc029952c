import type { MediaId } from '@shoebox/shared/ids.ts'
import type { AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { MovedOutput } from './gallery.schema.ts'

/** Several items that somebody wants to change; the statement decides for each whether they may. */
export type ItemsChange = { readonly author: Author; readonly mediaIds: readonly MediaId[]; readonly nowMs: number }

/** With an entry for each item, for those that turn out to be somebody else's: in the chain of the item's group. */
export type AuditedItemsChange = ItemsChange & { readonly audits: readonly AuditEntry[] }

export const changeOf = (user: EmailVerified<User>, mediaIds: readonly MediaId[], nowMs: number): ItemsChange => ({
  author: authorOf(user),
  mediaIds: [...new Set(mediaIds)],
  nowMs,
})

/** Tells those that changed from those that did not, each in the order asked. */
export function presentMoved(wanted: ItemsChange, changed: readonly MediaId[]): MovedOutput {
  const done = new Set(changed)
  return {
    moved: wanted.mediaIds.filter((id) => done.has(id)),
    refused: wanted.mediaIds.filter((id) => !done.has(id)),
  }
}

export async function auditItems(
  deps: SealDeps,
  action: AuditAction,
  change: ItemsChange,
): Promise<AuditedItemsChange> {
  const { author, mediaIds, nowMs } = change
  const seal = (id: MediaId) =>
    deps.sealEntry({ chain: null, action, actorId: author.userId, subject: { kind: 'media', id }, atMs: nowMs })
  return { ...change, audits: await Promise.all(mediaIds.map(seal)) }
}
