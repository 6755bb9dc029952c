import type { GroupId, UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { PreviewDeletionOutput } from './account.schema.ts'

export type Leavings = {
  readonly items: number
  readonly bytes: number
  readonly ownedGroups: readonly {
    readonly id: GroupId
    readonly name: string
    readonly memberCount: number
    readonly itemCount: number
    readonly successor: { readonly id: UserId; readonly name: string } | null
  }[]
  readonly memberGroups: readonly { readonly id: GroupId; readonly name: string; readonly itemCount: number }[]
}

export type PreviewDeletionDeps = {
  /** Checks the session and reads what would go with its user, in one trip. */
  readonly readLeavings: () => Promise<CheckedRead<Leavings> | null>
}

/** What goes with an account, and the groups that something is to be chosen for. */
export async function previewDeletion(
  deps: PreviewDeletionDeps,
): Promise<Result<PreviewDeletionOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readLeavings()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const { ownedGroups, memberGroups, ...own } = read.data
  return accept({ ...own, ownedGroups: [...ownedGroups], memberGroups: [...memberGroups] })
}
