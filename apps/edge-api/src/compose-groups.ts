// The wiring of groups and their galleries: which store answers which question. compose.ts calls it with what it
// constructed, once for each request.
import type { EdgeDatabase } from '@shoebox/db/connect-http.ts'
import * as groups from '@shoebox/db/stores/group-store.ts'
import * as invites from '@shoebox/db/stores/invite-store.ts'
import * as leaving from '@shoebox/db/stores/leave-store.ts'
import * as memberChanges from '@shoebox/db/stores/member-change-store.ts'
import * as memberships from '@shoebox/db/stores/membership-store.ts'
import * as requests from '@shoebox/db/stores/request-store.ts'
import type { GroupId, InviteId } from '@shoebox/shared/ids.ts'
import type { PlanChargesDeps } from './account/rate-limits.ts'
import type { SealDeps } from './audit/seal-entry.ts'
import type { GroupsDeps } from './groups/groups-deps.ts'
import type { SignDelivery } from './groups/picture.ts'
import type { InvitesDeps } from './invites/invites-deps.ts'
import type { RequestsDeps } from './requests/requests-deps.ts'
import type { SessionRow } from './sessions/lucia-adapter.ts'
import { sessionIdOf } from './sessions/session-token.ts'
import type { CheckedRead } from './sessions/signed-in.ts'
import type { Visitor } from './trpc/visitor.ts'

export type GroupParts = PlanChargesDeps & {
  readonly db: EdgeDatabase
  readonly visitor: Visitor
  readonly randomBytes: (length: number) => Uint8Array
  readonly newGroupId: () => GroupId
  readonly newInviteId: () => InviteId
  readonly sealEntry: SealDeps['sealEntry']
  /** Checks the cookie's session and reads for its user in the same trip. */
  readonly checked: <T>(
    read: (sessionId: string) => Promise<{ session: SessionRow | null; data: T }>,
  ) => Promise<CheckedRead<T> | null>
  readonly signDelivery: SignDelivery
}

export function composeGroups({ db, nowMs, newGroupId, sealEntry, checked, signDelivery }: GroupParts): GroupsDeps {
  return {
    sealEntry,
    nowMs,
    newGroupId,
    signDelivery,
    readMembership: (groupId) =>
      checked((sessionId) => memberships.findMembership(db, { sessionId, groupId, nowMs: nowMs() })),
    readMyGroups: () => checked((sessionId) => groups.findMyGroups(db, { sessionId, nowMs: nowMs() })),
    readGroup: (groupId) => checked((sessionId) => groups.findGroup(db, { sessionId, groupId, nowMs: nowMs() })),
    readMembers: (groupId) =>
      checked((sessionId) => memberships.findMembers(db, { sessionId, groupId, nowMs: nowMs() })),
    readLeavePreview: (groupId) =>
      checked((sessionId) => leaving.findLeavePreview(db, { sessionId, groupId, nowMs: nowMs() })),
    createGroup: (group) => groups.createGroup(db, group),
    editGroup: (edit) => groups.editGroup(db, edit),
    setLocationPolicy: (change) => groups.setLocationPolicy(db, change),
    removeGroup: (change) => leaving.removeGroup(db, change),
    leaveGroup: (wish) => leaving.leaveGroup(db, wish),
    setRole: (change) => memberChanges.setRole(db, change),
    handOver: (change) => memberChanges.handOver(db, change),
    removeMember: (change) => memberChanges.removeMember(db, change),
    setNotifications: (change) => memberships.setNotifications(db, change),
    markSeen: (change) => memberships.markSeen(db, change),
  }
}

export function composeInvites(parts: GroupParts): InvitesDeps {
  const { db, visitor, nowMs, randomBytes, newInviteId, sealEntry, hashLimitKey, checked, signDelivery } = parts
  return {
    sealEntry,
    nowMs,
    randomBytes,
    newInviteId,
    hashLimitKey,
    signDelivery,
    createInvite: (invite) => invites.createInvite(db, invite),
    revokeInvite: (change) => invites.revokeInvite(db, change),
    joinByInvite: (wish) => invites.joinByInvite(db, wish),
    readInvites: (groupId, rowsMax) =>
      checked((sessionId) => invites.findInvites(db, { sessionId, groupId, nowMs: nowMs() }, rowsMax)),
    readPreview: async (code, charges) => {
      const sessionId = await sessionIdOf(visitor.sessionToken)
      return await invites.previewInvite(db, { code, sessionId, charges, nowMs: nowMs() })
    },
  }
}

export function composeRequests({ db, nowMs, sealEntry, checked, signDelivery }: GroupParts): RequestsDeps {
  return {
    sealEntry,
    nowMs,
    signDelivery,
    readRequests: (groupId, rowsMax) =>
      checked((sessionId) => requests.findRequests(db, { sessionId, groupId, nowMs: nowMs() }, rowsMax)),
    readMyRequests: () => checked((sessionId) => requests.findMyRequests(db, { sessionId, nowMs: nowMs() })),
    acceptRequest: (wish) => requests.acceptRequest(db, wish),
    declineRequest: (change) => requests.declineRequest(db, change),
    withdrawRequest: (wish) => requests.withdrawRequest(db, wish),
  }
}
