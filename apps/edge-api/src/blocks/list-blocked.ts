import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { presentPicture, type SignDelivery } from '../groups/picture.ts'
import type { PersonRow } from '../people/find-person.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { BlockedOutput } from './blocks.schema.ts'

/** How many one person may have blocked: all of them are listed at once. */
export const blockedMax = 1000

export type ListBlockedDeps = {
  readonly readBlocked: (
    rowsMax: number,
  ) => Promise<CheckedRead<readonly (PersonRow & { readonly blockedAt: Date })[]> | null>
  readonly signDelivery: SignDelivery
}

/** Whom one blocked oneself. Who blocked oneself is told nowhere. */
export async function listBlocked(deps: ListBlockedDeps): Promise<Result<BlockedOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readBlocked(blockedMax)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const blocked = read.data.map(async (row) => ({
    ...row,
    avatar: await presentPicture(deps.signDelivery, row.avatar),
    blockedAt: row.blockedAt.toISOString(),
  }))
  return accept({ blocked: await Promise.all(blocked) })
}
