import type { NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type SetNotificationsDeps = {
  readonly nowMs: () => number
  readonly setNotifications: (change: GroupChange & { level: NotificationLevel }) => Promise<boolean>
}

/** Stores how much one wants to be told of the group. */
export async function setNotifications(
  deps: SetNotificationsDeps,
  member: MemberOf<'viewer'>,
  level: NotificationLevel,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isSet = await deps.setNotifications({ ...changeBy(member, deps.nowMs()), level })
  return isSet ? accept({}) : refuse({ code: 'not_found' })
}
