// What the authorisation matrix is asked of: one group with everybody who could want something of it, and a thing of
// each kind that can be wanted.
import { eq } from 'drizzle-orm'
import type { PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { users } from '@shoebox/db/schema/accounts.ts'
import { appeals, bans, warnings } from '@shoebox/db/schema/bans.ts'
import { comments, hiddenItems } from '@shoebox/db/schema/gallery.ts'
import { invites, joinRequests, removedMembers } from '@shoebox/db/schema/groups.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { notifications } from '@shoebox/db/schema/notifications.ts'
import { cases } from '@shoebox/db/schema/reports.ts'
import { uuidOf } from '@shoebox/shared/ids.ts'
import type { Edge } from './start-edge.ts'
import { addGroup, addPeople, makeModerator, mediaRow, newId, pictureRow, type Person } from './group-world.ts'
import { signUpForm, Visitor } from './visitor.ts'

/**
 * `other` belongs to a group of their own, `nonMember` to none. `removed` was a contributor until an admin removed them.
 * `moderator` was asked for a code lately. `banned` was a contributor; one session of theirs was overlooked.
 */
export const actors = [
  'signedOut',
  'unverified',
  'other',
  'nonMember',
  'viewer',
  'contributor',
  'admin',
  'owner',
  'removed',
  'moderator',
  'banned',
] as const
export type Actor = (typeof actors)[number]

export type World = Awaited<ReturnType<typeof makeWorld>>

/** Everything that is somebody's own here is the contributor's. */
export async function makeWorld(db: PoolDatabase, edge: Edge) {
  const names = [
    'other',
    'nonMember',
    'viewer',
    'contributor',
    'admin',
    'owner',
    'removed',
    'moderator',
    'banned',
    'asking',
    'second',
  ]
  const people = new Map((await addPeople(db, edge, names)).map((person, n) => [names[n], person]))
  const who = (name: string): Person => people.get(name) ?? fail(name)
  const [owner, contributor, removed] = [who('owner'), who('contributor'), who('removed')]
  const groupId = await addGroup(db, [
    [owner, 'owner'],
    [who('admin'), 'admin'],
    [contributor, 'contributor'],
    [who('second'), 'contributor'],
    [who('viewer'), 'viewer'],
    [who('banned'), 'contributor'],
  ])
  const otherGroupId = await addGroup(db, [[who('other'), 'owner']], { name: 'Others' })
  await db.insert(removedMembers).values({ groupId, userId: removed.userId, removedAt: new Date() })
  const { banId, appealId } = await ban(db, who('banned'), owner)
  await makeModerator(db, who('moderator'))
  const inviteId = newId('invite')
  const code = codeOf(inviteId)
  const createdAt = new Date()
  await db
    .insert(invites)
    .values({ id: inviteId, groupId, code, role: 'viewer', needsApproval: false, createdBy: owner.userId, createdAt })
  await db.insert(joinRequests).values({ groupId, userId: who('asking').userId, inviteId, role: 'viewer', createdAt })
  const gone = { trashedAt: createdAt, listing: 'trashed' } as const
  const item = pictureRow(contributor, groupId)
  const aside = pictureRow(contributor, groupId, { listing: 'quarantined' })
  const trashed = pictureRow(contributor, groupId, gone)
  const takenOut = pictureRow(contributor, groupId, { ...gone, trashedBy: owner.userId })
  const hidden = pictureRow(contributor, groupId)
  const reserved = mediaRow(contributor, { groupId })
  const large = mediaRow(contributor, {
    groupId,
    declaredSha256: null,
    declaredBytes: 20 * 2 ** 20,
    declaredType: 'video/mp4',
  })
  const feedItem = pictureRow(contributor, null)
  const held = pictureRow(contributor, groupId, { listing: 'held', heldFor: 'alike' })
  await db.insert(media).values([item, aside, trashed, takenOut, hidden, reserved, large, feedItem, held])
  await db.insert(hiddenItems).values({ userId: contributor.userId, mediaId: hidden.id, hiddenAt: createdAt })
  const commentId = newId('comment')
  await db
    .insert(comments)
    .values({ id: commentId, mediaId: item.id, authorId: contributor.userId, text: 'Oh!', createdAt })
  const warningId = newId('warning')
  await db.insert(warnings).values({
    id: warningId,
    userId: contributor.userId,
    reason: 'Please.',
    warnedBy: owner.userId,
    warnedAt: createdAt,
  })
  const caseId = newId('case')
  await db.insert(cases).values({
    id: caseId,
    subjectKind: 'item',
    subjectId: uuidOf(feedItem.id),
    personId: contributor.userId,
    mediaId: feedItem.id,
    openedAt: createdAt,
    lastReportedAt: createdAt,
  })
  await db.insert(notifications).values({
    userId: contributor.userId,
    kind: 'liked',
    groupId,
    actorId: owner.userId,
    count: 1,
    firstAt: createdAt,
    lastAt: createdAt,
  })
  return {
    ...{
      groupId,
      otherGroupId,
      inviteId,
      code,
      itemId: item.id,
      asideId: aside.id,
      trashedId: trashed.id,
      takenOutId: takenOut.id,
      hiddenId: hidden.id,
      reservedId: reserved.id,
      largeId: large.id,
      feedItemId: feedItem.id,
    },
    commentId,
    ...{ caseId, banId, appealId, warningId },
    secondId: who('second').userId,
    askingId: who('asking').userId,
    contributor,
    visitorOf: (actor: Actor): Promise<Visitor> | Visitor => {
      if (actor === 'signedOut') return new Visitor(edge)
      return actor === 'unverified' ? beginSignUp(edge) : who(actor).visitor
    },
  }
}

/** Bans somebody who is signed in, as the ban would have it but for their session; they appeal. */
async function ban(db: PoolDatabase, { userId, email }: Person, by: Person) {
  const [banId, appealId, createdAt] = [newId('ban'), newId('appeal'), new Date()]
  await db.insert(bans).values({
    id: banId,
    userId,
    addressHash: email,
    reason: 'Insults.',
    items: 'keep',
    bannedBy: by.userId,
    bannedAt: createdAt,
  })
  await db.update(users).set({ banId }).where(eq(users.id, userId))
  await db
    .insert(appeals)
    .values({ id: appealId, subject: 'ban', subjectId: uuidOf(banId), userId, email, text: 'Why?', createdAt })
  return { banId, appealId }
}

/** Unique in every world: made of the invite's id, in the letters of a code. */
const codeOf = (inviteId: string): string =>
  Array.from(inviteId.slice(-10), (digit) => '23456789ABCDEFGH'[Number.parseInt(digit, 16)]).join('')

/** Somebody who filled in the form and has not entered their code. */
async function beginSignUp(edge: Edge): Promise<Visitor> {
  const visitor = new Visitor(edge)
  await visitor.mutate('account.signUp', signUpForm(`${newId('user')}@unverified.example.org`))
  return visitor
}

function fail(name: string): never {
  throw new Error(`nobody is called ${name}`)
}
