// The SQL of groups and galleries, for people to review; see sql-snapshots.test.ts.
import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import * as comments from './comment-store.ts'
import * as changes from './gallery-change-store.ts'
import * as gallery from './gallery-store.ts'
import * as trash from './gallery-trash-store.ts'
import * as groups from './group-store.ts'
import * as invites from './invite-store.ts'
import * as leaving from './leave-store.ts'
import * as memberChanges from './member-change-store.ts'
import * as memberships from './membership-store.ts'
import * as notifications from './notification-store.ts'
import * as originals from './original-store.ts'
import { recordSql } from './record-sql.ts'
import * as requests from './request-store.ts'
import { showSql } from './show-sql.ts'

const at = new Date('2026-06-15T12:00:00.000Z')
const nowMs = at.getTime()
const sessionId = 'session'
const groupId = numberedId('group', 1)
const userId = numberedId('user', 2)
const mediaId = numberedId('media', 1)
const author = { userId: numberedId('user', 1), sessionId }
const charges = [{ key: 'key', windowSeconds: 60, windowStart: at, timesMax: 3 }]
const wish = { sessionId, groupId, nowMs }
const change = { author, groupId, nowMs }
const other = { ...change, userId }
const limits = { membersMax: 500, groupsMax: 200 }
const items = { author, mediaIds: [mediaId], nowMs }
const one = { sessionId, mediaId, nowMs }
const inTime = { timelineAtMs: nowMs, id: mediaId }
const filter = { uploaders: [userId], kinds: ['image'], from: '2026-01-01', to: '2026-01-31' } as const
const newInvite = { role: 'viewer', needsApproval: false, expiresAt: at, usesMax: 1, openMax: 100 } as const

const stores = {
  'comment-store': comments,
  'gallery-change-store': changes,
  'gallery-store': gallery,
  'gallery-trash-store': trash,
  'group-store': groups,
  'invite-store': invites,
  'leave-store': leaving,
  'member-change-store': memberChanges,
  'membership-store': memberships,
  'notification-store': notifications,
  'original-store': originals,
  'request-store': requests,
}

const calls: Record<keyof typeof stores, Record<string, (db: EdgeDatabase) => Promise<unknown>>> = {
  'comment-store': {
    findComments: (db) => comments.findComments(db, { ...one, after: numberedId('comment', 1), rowsMax: 31 }),
    addComment: (db) => comments.addComment(db, { author, id: numberedId('comment', 1), mediaId, text: '', nowMs }),
    removeComment: (db) => audited(comments.removeComment)(db, { author, id: numberedId('comment', 1), nowMs }),
  },
  'gallery-change-store': {
    hideItems: (db) => changes.hideItems(db, items),
    unhideItems: (db) => changes.unhideItems(db, items),
    moveItems: (db) => changes.moveItems(db, { ...items, toGroupId: groupId }),
    describeItem: (db) => changes.describeItem(db, { author, mediaId, caption: '', nowMs }),
  },
  'gallery-store': {
    readGalleryPage: (db) => gallery.readGalleryPage(db, { ...wish, filter, zone: 'UTC', after: inTime, rowsMax: 31 }),
    readGalleryIds: (db) => gallery.readGalleryIds(db, { ...wish, filter, zone: 'UTC', after: inTime, rowsMax: 5001 }),
    readTimeline: (db) => gallery.readTimeline(db, { ...wish, filter: {}, zone: 'UTC', chunkMax: 100 }),
    readGallerySince: (db) => gallery.readGallerySince(db, { ...wish, fromMs: nowMs, rowsMax: 101 }),
    readGalleryItem: (db) => gallery.readGalleryItem(db, one),
    readHidden: (db) => gallery.readHidden(db, { ...wish, after: mediaId, rowsMax: 31 }),
  },
  'gallery-trash-store': {
    moveToTrash: (db) => audited(trash.moveToTrash)(db, items),
    restoreItems: (db) => audited(trash.restoreItems)(db, items),
    emptyTrash: (db) => trash.emptyTrash(db, { ...items, itemsMax: 500 }),
    readTrash: (db) => trash.readTrash(db, { ...wish, after: { trashedAtMs: nowMs, id: mediaId }, rowsMax: 31 }),
  },
  'group-store': {
    createGroup: (db) =>
      audited(groups.createGroup)(db, { ...change, name: '', description: '', joining: 'open', groupsMax: 9 }),
    findMyGroups: (db) => groups.findMyGroups(db, wish),
    findGroup: (db) => groups.findGroup(db, wish),
    editGroup: (db) => audited(groups.editGroup)(db, { ...change, name: '', coverId: mediaId }),
    setLocationPolicy: (db) => audited(groups.setLocationPolicy)(db, { ...change, locationPolicy: 'keep' }),
  },
  'invite-store': {
    createInvite: (db) =>
      audited(invites.createInvite)(db, { ...change, ...newInvite, id: numberedId('invite', 1), code: '' }),
    findInvites: (db) => invites.findInvites(db, wish, 200),
    revokeInvite: (db) => audited(invites.revokeInvite)(db, { ...change, inviteId: numberedId('invite', 1) }),
    previewInvite: (db) => invites.previewInvite(db, { code: '', sessionId, charges, nowMs }),
    joinByInvite: (db) => audited(invites.joinByInvite)(db, { author, code: '', charges, ...limits, nowMs }),
  },
  'leave-store': {
    leaveGroup: (db) => audited(leaving.leaveGroup)(db, { ...change, items: 'handOver', successorId: userId }),
    removeGroup: (db) => audited(leaving.removeGroup)(db, { ...change, name: '' }),
    findLeavePreview: (db) => leaving.findLeavePreview(db, wish),
  },
  'member-change-store': {
    setRole: (db) => audited(memberChanges.setRole)(db, { ...other, role: 'viewer' }),
    handOver: (db) => audited(memberChanges.handOver)(db, other),
    removeMember: (db) => audited(memberChanges.removeMember)(db, { ...other, items: 'withdraw' }),
  },
  'membership-store': {
    findMembership: (db) => memberships.findMembership(db, wish),
    findMembers: (db) => memberships.findMembers(db, wish),
    setNotifications: (db) => memberships.setNotifications(db, { ...change, level: 'all' }),
    markSeen: (db) => memberships.markSeen(db, change),
  },
  'notification-store': {
    findNotifications: (db) => notifications.findNotifications(db, { sessionId, nowMs, rowsMax: 100 }),
    countUnread: (db) => notifications.countUnread(db, { sessionId, nowMs }),
    markRead: (db) => notifications.markRead(db, { author, until: at, nowMs }),
  },
  'original-store': {
    findOriginals: (db) => originals.findOriginals(db, { ...one, mediaIds: [one.mediaId] }),
  },
  'request-store': {
    findRequests: (db) => requests.findRequests(db, wish, 200),
    acceptRequest: (db) => audited(requests.acceptRequest)(db, { ...other, ...limits }),
    declineRequest: (db) => audited(requests.declineRequest)(db, other),
    withdrawRequest: (db) => requests.withdrawRequest(db, change),
    findMyRequests: (db) => requests.findMyRequests(db, wish),
  },
}

/** Parts of other statements, what only looks at rows, and what Lambdas send. */
const others = [
  ...[
    'requirePlaced',
    'readIds',
    'isInOwnGallery',
    'isSeen',
    'galleryColumns',
    'shownCommentCount',
    'rankOf',
    'isMemberOf',
    'mayChange',
    'lockGroup',
    'lockPerson',
  ],
  ...[
    'membershipQuery',
    'avatarOf',
    'promote',
    'handOn',
    'heirOf',
    'isGone',
    'endUploadsNotAllowed',
    'withdrawItemsOfGone',
  ],
  ...['coverFor', 'memberCountFor', 'clearEmptyGroup', 'findEmptyGroups', 'clearGroup', 'tellNotices', 'closeQuiet'],
]

test.each(Object.entries(stores))('every function of %s has its statements here', (name, store) => {
  const functions = Object.entries(store).filter(([, value]) => typeof value === 'function')
  const expected = functions.map(([key]) => key).filter((key) => !others.includes(key))
  expect(Object.keys(calls[name as keyof typeof stores]).toSorted()).toEqual(expected.toSorted())
})

test.each(Object.entries(calls))('the SQL of %s is the reviewed one', async (name, functions) => {
  const parts: string[] = []
  for (const [call, run] of Object.entries(functions)) parts.push(showSql(call, await recordSql(run)))
  await expect(parts.join('\n')).toMatchFileSnapshot(`../../sql/${name}.sql`)
})
