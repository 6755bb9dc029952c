import type { InviteId } from '@shoebox/shared/ids.ts'
import type { Invite } from './invites.schema.ts'

export type InviteRow = Omit<Invite, 'createdAt' | 'expiresAt' | 'state'> & {
  readonly id: InviteId
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

/** An invite as admins see it, with the first reason for which it opens nothing any more. */
export const presentInvite = ({ revokedAt, ...row }: InviteRow, nowMs: number): Invite => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  state: stateOf({ ...row, revokedAt }, nowMs),
})

function stateOf({ revokedAt, expiresAt, usesMax, uses }: InviteRow, nowMs: number): Invite['state'] {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt !== null && expiresAt.getTime() <= nowMs) return 'expired'
  return usesMax !== null && uses >= usesMax ? 'used_up' : 'open'
}
