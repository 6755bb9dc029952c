// The only place that turns a row of memberships into authority.
import { isAtLeast, type Role } from '@shoebox/shared/groups/roles.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { Membership, MemberOf } from './member-of.ts'

/** What a store read for a member in one trip: `found` is empty for anybody else. Null: nobody is signed in. */
export type GroupRead<T> = CheckedRead<{ readonly membership: Membership | null; readonly found: T }> | null

export type MembershipRefusal = { code: 'sign_in_needed' | 'not_found' | 'role_too_low' }

/** To somebody who does not belong to it, a group is not there; a member is told that their role is too low. */
export function checkMembership<R extends Role, T>(
  read: GroupRead<T>,
  least: R,
): Result<{ member: MemberOf<R>; found: T }, MembershipRefusal> {
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const { user, data } = read
  if (data.membership === null) return refuse({ code: 'not_found' })
  if (!isAtLeast(data.membership.role, least)) return refuse({ code: 'role_too_low' })
  const member = { ...data.membership, user } as MemberOf<R>
  return accept({ member, found: data.found })
}
