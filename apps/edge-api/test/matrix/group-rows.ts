import type { World } from '../authorisation-world.ts'
import { adminsOnly, anyMember, everyone, members, ownerOnly, ownOnly, signedIn, type Row } from './row.ts'

const group = ({ groupId }: World) => ({ groupId })
const second = ({ groupId, secondId }: World) => ({ groupId, userId: secondId })
const asking = ({ groupId, askingId }: World) => ({ groupId, userId: askingId })

export const groupRows = {
  'groups.create': { input: () => ({ name: 'New' }), expected: signedIn('ok') },
  'groups.mine': {
    expected: {
      ...members({ viewer: 'ok', contributor: 'ok', admin: 'ok', owner: 'ok' }, 'nothing'),
      other: 'ok',
    },
    isSomething: (data: { groups: unknown[] }) => data.groups.length === 1,
  },
  'groups.find': { input: group, expected: anyMember },
  'groups.edit': { input: (world) => ({ ...group(world), name: 'Other' }), expected: adminsOnly },
  'groups.setLocationPolicy': {
    input: (world) => ({ ...group(world), locationPolicy: 'keep' }),
    expected: ownerOnly,
  },
  'groups.remove': { input: (world) => ({ ...group(world), name: 'Friends' }), expected: ownerOnly },
  'groups.members': { input: group, expected: anyMember },
  'groups.setRole': { input: (world) => ({ ...second(world), role: 'viewer' }), expected: ownerOnly },
  'groups.handOver': { input: second, expected: ownerOnly },
  'groups.removeMember': { input: (world) => ({ ...second(world), items: 'keep' }), expected: adminsOnly },
  'groups.leave': { input: (world) => ({ ...group(world), items: 'keep' }), expected: anyMember },
  'groups.leavePreview': { input: group, expected: anyMember },
  'groups.setNotifications': { input: (world) => ({ ...group(world), level: 'none' }), expected: anyMember },
  'groups.markSeen': { input: group, expected: anyMember },

  'invites.create': { input: (world) => ({ ...group(world), role: 'viewer' }), expected: adminsOnly },
  'invites.list': { input: group, expected: adminsOnly },
  'invites.revoke': { input: ({ groupId, inviteId }) => ({ groupId, inviteId }), expected: adminsOnly },
  'invites.preview': { input: ({ code }) => ({ code }), expected: everyone('ok') },
  // Whoever was removed waits for an admin.
  'invites.join': {
    input: ({ code }) => ({ code }),
    expected: { ...signedIn('ok'), removed: 'nothing' },
    isSomething: (data: { joined: boolean }) => data.joined,
  },

  'requests.list': { input: group, expected: adminsOnly },
  'requests.accept': { input: asking, expected: adminsOnly },
  'requests.decline': { input: asking, expected: adminsOnly },
  'requests.mine': { expected: signedIn('ok') },
  // None of them has asked.
  'requests.withdraw': { input: group, expected: signedIn('not_found') },

  // Everybody's list is their own; the contributor was told something.
  'notifications.list': {
    expected: ownOnly('nothing'),
    isSomething: (data: { notifications: unknown[] }) => data.notifications.length > 0,
  },
  'notifications.unreadCount': {
    expected: ownOnly('nothing'),
    isSomething: (data: { count: number }) => data.count > 0,
  },
  'notifications.markRead': { input: () => ({ until: '2026-06-15T12:00:00.000Z' }), expected: signedIn('ok') },
} as const satisfies Record<string, Row>
