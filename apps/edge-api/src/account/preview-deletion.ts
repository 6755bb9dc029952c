import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { PreviewDeletionOutput } from './account.schema.ts'

export type Leavings = {
  readonly items: number
  readonly bytes: number
  readonly ownedGroups: readonly { readonly id: GroupId; readonly name: string; readonly memberCount: number }[]
}

export type PreviewDeletionDeps = {
  /** Checks the session and reads what would go with its user, in one trip. */
  readonly readLeavings: () => Promise<CheckedRead<Leavings> | null>
}

/** What goes with an account, and the groups that somebody else must own, or that must end, before. */
export async function previewDeletion(
  deps: PreviewDeletionDeps,
): Promise<Result<PreviewDeletionOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readLeavings()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const { items, bytes, ownedGroups } = read.data
  return accept({ items, bytes, ownedGroups: [...ownedGroups] })
}
