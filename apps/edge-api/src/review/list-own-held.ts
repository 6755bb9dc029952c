import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { presentItem, type FeedRow, type PresentItemDeps } from '../feed/present-item.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import { ownHeldMax, type OwnHeldOutput } from './review.schema.ts'

export type ListOwnHeldDeps = PresentItemDeps & {
  readonly readOwnHeld: (rowsMax: number) => Promise<CheckedRead<readonly FeedRow[]> | null>
}

/** What of one's own nobody else sees yet. */
export async function listOwnHeld(deps: ListOwnHeldDeps): Promise<Result<OwnHeldOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readOwnHeld(ownHeldMax)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  return accept({ items: await Promise.all(read.data.map((row) => presentItem(deps, row))) })
}
