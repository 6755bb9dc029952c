// What a block does to whatever people ask for: neither of the two meets the other any more, whoever blocked whom, and
// a block taken back leaves nothing behind.
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod/mini'
import { blocks } from '@shoebox/db/schema/blocks.ts'
import { invites, joinRequests } from '@shoebox/db/schema/groups.ts'
import { closeQuiet, tellNotices } from '@shoebox/db/stores/notification-store.ts'
import type { GroupId, MediaId, UserId } from '@shoebox/shared/ids.ts'
import { stayInWindow } from '@shoebox/testing/stay-in-window.ts'
import { addGroup, addPerson, addPicture, newId, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { Visitor } from '../../test/visitor.ts'
import { formatCursor, positionAt } from '../feed/feed-cursor.ts'
import { galleryItem, type GalleryPage } from '../gallery/gallery.schema.ts'

const { edge, db } = await openEdge()
let world: World

type World = Awaited<ReturnType<typeof makeWorld>>

/** Ann, Bob and Cleo in a group of Olga's, with a picture of each; Ann and Bob have one in the feed as well. */
async function makeWorld() {
  const [ann, bob, cleo, olga] = [
    await addPerson(db, edge, 'Ann'),
    await addPerson(db, edge, 'Bob'),
    await addPerson(db, edge, 'Cleo'),
    await addPerson(db, edge, 'Olga'),
  ]
  const groupId = await addGroup(db, [
    [olga, 'owner'],
    [ann, 'contributor'],
    [bob, 'contributor'],
    [cleo, 'contributor'],
  ])
  const itemOf = async (person: Person, group: GroupId | null) => await addPicture(db, person, group)
  return {
    ...{ ann, bob, cleo, olga, groupId },
    annPublic: await itemOf(ann, null),
    bobPublic: await itemOf(bob, null),
    annShared: await itemOf(ann, groupId),
    bobShared: await itemOf(bob, groupId),
    cleoShared: await itemOf(cleo, groupId),
  }
}

beforeEach(async () => {
  world = await makeWorld()
})

const ask = async <T>({ visitor }: Pick<Person, 'visitor'>, procedure: string, input?: unknown): Promise<T> => {
  const answer = await visitor.query(procedure, input)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.data as T
}
const tell = async ({ visitor }: Person, procedure: string, input: unknown): Promise<unknown> => {
  const answer = await visitor.mutate(procedure, input)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.data
}
const block = (who: Person, { userId }: { userId: UserId }) => tell(who, 'blocks.block', { userId })
const unblock = (who: Person, { userId }: { userId: UserId }) => tell(who, 'blocks.unblock', { userId })

/** What a stream of arrivals tells first. */
async function firstHeard(after: string, { cookie }: Visitor): Promise<MediaId[]> {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const headers = { cookie: cookie ?? '' }
  const { body } = await fetch(`${edge.origin}/api/feed/arrivals?after=${after}`, { headers, signal: abort.signal })
  let text = ''
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const data = /^data: (.*)$/m.exec(text)?.[1]
    if (data !== undefined) return idsOf(JSON.parse(data) as Ids)
  }
  throw new Error('the stream ended')
}

type Ids = { items: { id: MediaId }[] }
const idsOf = ({ items }: Ids) => items.map(({ id }) => id)

/** Everything of `other` that `viewer` could come across, by the name of what they asked. */
async function meets(viewer: Person, other: Person, [publicId, sharedId]: [MediaId, MediaId]): Promise<string[]> {
  const { groupId } = world
  const place = 'bXFlZzVjMDAuMDAwMDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw'
  const status = async (procedure: string, input: unknown) => (await viewer.visitor.query(procedure, input)).status
  const among: Record<string, () => Promise<boolean>> = {
    'feed.page': async () => idsOf(await ask(viewer, 'feed.page', { size: 100 })).includes(publicId),
    'feed.since': async () => idsOf(await ask(viewer, 'feed.since', { after: place })).includes(publicId),
    'feed.item': async () => (await status('feed.item', { mediaId: publicId })) === 200,
    'feed.details': async () => (await status('feed.details', { mediaId: publicId })) === 200,
    'feed.details shared': async () => (await status('feed.details', { mediaId: sharedId })) === 200,
    'people.find': async () => (await status('people.find', { userId: other.userId })) === 200,
    'people.page': async () => (await status('people.page', { userId: other.userId })) === 200,
    'gallery.page': async () => idsOf(await ask(viewer, 'gallery.page', { groupId })).includes(sharedId),
    'gallery.page of them': async () =>
      idsOf(await ask(viewer, 'gallery.page', { groupId, filter: { uploaders: [other.userId] } })).length > 0,
    'gallery.since': async () =>
      idsOf(await ask(viewer, 'gallery.since', { groupId, after: place })).includes(sharedId),
    'gallery.item': async () => (await status('gallery.item', { mediaId: sharedId })) === 200,
    'comments.list': async () => (await status('comments.list', { mediaId: sharedId })) === 200,
    'originals.sign': async () => (await status('originals.sign', { mediaId: publicId })) !== 404,
    'originals.sign shared': async () => (await status('originals.sign', { mediaId: sharedId })) !== 404,
    'likes.like': async () => (await viewer.visitor.mutate('likes.like', { mediaId: publicId })).status === 200,
    'comments.add': async () =>
      (await viewer.visitor.mutate('comments.add', { mediaId: sharedId, text: 'Oh' })).status === 200,
    'groups.members': async () =>
      (await ask<{ members: { id: UserId }[] }>(viewer, 'groups.members', { groupId })).members.some(
        ({ id }) => id === other.userId,
      ),
    'groups.mine': async () =>
      (await ask<{ groups: { members: { id: UserId }[] }[] }>(viewer, 'groups.mine')).groups[0]!.members.some(
        ({ id }) => id === other.userId,
      ),
  }
  const met: string[] = []
  for (const [name, isMet] of Object.entries(among)) if (await isMet()) met.push(name)
  return met
}

describe('a block', () => {
  test('keeps both from meeting the other or what they made, and taken back leaves nothing behind', async () => {
    const { ann, bob, cleo, annPublic, annShared, bobPublic, bobShared } = world
    const annOfBob = () => meets(ann, bob, [bobPublic, bobShared])
    const bobOfAnn = () => meets(bob, ann, [annPublic, annShared])
    const before = await annOfBob()
    expect(before).toHaveLength(18)
    await block(ann, bob)
    expect(await annOfBob()).toEqual([])
    expect(await bobOfAnn()).toEqual([])
    // Nobody else is concerned.
    expect(await meets(cleo, bob, [bobPublic, bobShared])).toEqual(before)
    await unblock(ann, bob)
    expect(await annOfBob()).toEqual(before)
    expect(await bobOfAnn()).toEqual(before)
  })

  test('holds until both have taken theirs back', async () => {
    const { ann, bob, bobPublic, bobShared } = world
    await block(ann, bob)
    await block(bob, ann)
    await unblock(ann, bob)
    expect(await meets(ann, bob, [bobPublic, bobShared])).toEqual([])
    await unblock(bob, ann)
    expect(await meets(ann, bob, [bobPublic, bobShared])).not.toEqual([])
  })

  test('is answered exactly like what does not exist', async () => {
    const { ann, bob, bobPublic, bobShared } = world
    await block(ann, bob)
    const answerOf = async (procedure: string, input: unknown) => {
      const { status, text } = await ann.visitor.query(procedure, input)
      return { status, text: text.replace(/"requestId":"[^"]+"/, '') }
    }
    const [mediaId, userId] = [newId('media'), newId('user')]
    for (const procedure of ['feed.item', 'feed.details'])
      expect(await answerOf(procedure, { mediaId: bobPublic })).toEqual(await answerOf(procedure, { mediaId }))
    for (const procedure of ['gallery.item', 'comments.list', 'originals.sign'])
      expect(await answerOf(procedure, { mediaId: bobShared })).toEqual(await answerOf(procedure, { mediaId }))
    for (const procedure of ['people.find', 'people.page'])
      expect(await answerOf(procedure, { userId: bob.userId })).toEqual(await answerOf(procedure, { userId }))
  })

  test('is nobody’s business who is not signed in, and does not get into what they share', async () => {
    const { ann, bob, bobPublic } = world
    await block(ann, bob)
    const stranger = { visitor: new Visitor(edge) }
    const page = () => ask<Ids>(stranger, 'feed.page', { size: 99 })
    expect(idsOf(await page())).toContain(bobPublic)
    expect(idsOf(await ask<Ids>(ann, 'feed.page', { size: 99 }))).not.toContain(bobPublic)
    expect(idsOf(await page())).toContain(bobPublic)
    await expect
      .poll(async () => {
        edge.neon.resetCounts()
        await page()
        return edge.neon.counts.trips
      })
      .toBe(0)
  })

  test('keeps what was hidden by hand hidden', async () => {
    const { ann, bob, groupId, bobShared } = world
    await tell(ann, 'gallery.hide', { mediaIds: [bobShared] })
    await block(ann, bob)
    expect(idsOf(await ask(ann, 'gallery.hidden', { groupId }))).toEqual([])
    await unblock(ann, bob)
    expect(idsOf(await ask(ann, 'gallery.page', { groupId }))).not.toContain(bobShared)
    expect(idsOf(await ask(ann, 'gallery.hidden', { groupId }))).toEqual([bobShared])
  })

  test('twice is once, never of oneself, and somebody who is not there is not found', async () => {
    const { ann, bob } = world
    await block(ann, bob)
    await block(ann, bob)
    expect(await db.$count(blocks)).toBeGreaterThan(0)
    const list = await ask<{ blocked: { id: UserId; name: string }[] }>(ann, 'blocks.list')
    expect(list.blocked.map(({ id, name }) => [id, name])).toEqual([[bob.userId, 'Bob']])
    expect((await ask<{ blocked: unknown[] }>(bob, 'blocks.list')).blocked).toEqual([])
    const refusalOf = async (userId: string) => (await ann.visitor.mutate('blocks.block', { userId })).refusal?.['code']
    expect(await refusalOf(ann.userId)).toBe('blocks_self')
    expect(await refusalOf(newId('user'))).toBe('not_found')
    expect(await refusalOf('usr_x')).toBe('invalid_input')
  })

  test('reaches who listens to what arrives, whichever of the two they are; others hear all of it', async () => {
    const { ann, bob, cleo } = world
    await block(ann, bob)
    const from = formatCursor(positionAt(Date.now() + 60_000))
    const inAMinute = (ms: number) => ({ publishedAt: new Date(Date.now() + 120_000 + ms) })
    const ofAnn = await addPicture(db, ann, null, inAMinute(1))
    const ofBob = await addPicture(db, bob, null, inAMinute(2))
    const ofCleo = await addPicture(db, cleo, null, inAMinute(3))
    const heard = await Promise.all([ann, bob, cleo].map(({ visitor }) => firstHeard(from, visitor)))
    expect(heard).toEqual([
      [ofCleo, ofAnn],
      [ofCleo, ofBob],
      [ofCleo, ofBob, ofAnn],
    ])
  })

  test('is limited, so that nobody goes through ids with it', async () => {
    await stayInWindow()
    const { ann } = world
    const codes: unknown[] = []
    for (let n = 0; n <= 60; n += 1)
      codes.push((await ann.visitor.mutate('blocks.block', { userId: newId('user') })).refusal?.['code'])
    expect(codes.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 'not_found'))
    expect(codes[60]).toBe('rate_limited')
    // One that is over the limit blocks nobody.
    await ann.visitor.mutate('blocks.block', { userId: world.bob.userId })
    expect((await ask<{ blocked: unknown[] }>(ann, 'blocks.list')).blocked).toEqual([])
  })
})

describe('counts', () => {
  test('are of what the viewer sees: items, months, comments, members, what is new', async () => {
    const { ann, bob, cleo, groupId, cleoShared } = world
    for (const who of [ann, bob]) await tell(who, 'comments.add', { mediaId: cleoShared, text: who.userId })
    const countsOf = async (who: Person) => {
      const { group } = await ask<{ group: { itemCount: number; memberCount: number } }>(who, 'groups.find', {
        groupId,
      })
      const [mine] = (await ask<{ groups: { memberCount: number; unread: number }[] }>(who, 'groups.mine')).groups
      const { members } = await ask<{ members: { itemCount: number }[] }>(who, 'groups.members', { groupId })
      const timeline = await ask<{ chunks: { count: number }[] }>(who, 'gallery.timeline', { groupId })
      const page = await ask<{ items: { id: MediaId; commentCount: number }[] }>(who, 'gallery.page', { groupId })
      const named = await ask<{ items: unknown[] }>(who, 'gallery.ids', { groupId })
      const item = await ask<{ commentCount: number }>(who, 'gallery.item', { mediaId: cleoShared })
      const said = await ask<{ comments: unknown[] }>(who, 'comments.list', { mediaId: cleoShared })
      return {
        items: [
          group.itemCount,
          page.items.length,
          named.items.length,
          timeline.chunks.reduce((sum, { count }) => sum + count, 0),
          members.reduce((sum, { itemCount }) => sum + itemCount, 0),
        ],
        members: [group.memberCount, mine?.memberCount, members.length],
        comments: [
          page.items.find(({ id }) => id === cleoShared)?.commentCount,
          item.commentCount,
          said.comments.length,
        ],
        unread: mine?.unread,
      }
    }
    const whole = { items: [3, 3, 3, 3, 3], members: [4, 4, 4], comments: [2, 2, 2], unread: 2 }
    expect(await countsOf(ann)).toEqual(whole)
    await block(ann, bob)
    const apart = { items: [2, 2, 2, 2, 2], members: [3, 3, 3], comments: [1, 1, 1], unread: 1 }
    expect(await countsOf(ann)).toEqual(apart)
    expect(await countsOf(bob)).toEqual(apart)
    expect(await countsOf(cleo)).toEqual(whole)
    // What somebody is told after they said something is the same count.
    const { commentCount } = (await tell(ann, 'comments.add', { mediaId: cleoShared, text: 'And' })) as {
      commentCount: number
    }
    expect(commentCount).toBe(2)
    await unblock(ann, bob)
    expect((await countsOf(ann)).comments).toEqual([3, 3, 3])
  })

  test('a page stays full, and goes on to what comes after', async () => {
    const { ann, bob, groupId, cleo } = world
    await block(ann, bob)
    for (let n = 0; n < 5; n += 1) await addPicture(db, bob, null)
    const page = await ask<Ids>(ann, 'feed.page', { size: 1 })
    expect(idsOf(page)).toHaveLength(1)
    for (let n = 0; n < 5; n += 1) await addPicture(db, bob, groupId)
    const gallery = await ask<GalleryPage>(ann, 'gallery.page', { groupId, size: 2 })
    expect(z.parse(z.array(galleryItem), gallery.items)).toEqual(gallery.items)
    expect(idsOf(gallery)).toHaveLength(2)
    expect(gallery.nextCursor).toBeNull()
    expect(idsOf(await ask<Ids>(cleo, 'gallery.page', { groupId }))).toHaveLength(8)
  })
})

describe('notifications', () => {
  const told = async (who: Person) => {
    await tellNotices(db, 100)
    const { notifications } = await ask<{ notifications: { kind: string; actor: { id: UserId } }[] }>(
      who,
      'notifications.list',
    )
    const { count } = await ask<{ count: number }>(who, 'notifications.unreadCount')
    return { kinds: notifications.map(({ kind }) => kind).toSorted(), count }
  }

  test('what was told goes out of the list and its count, and comes back; what happens meanwhile is not told', async () => {
    const { ann, bob, annShared } = world
    await tell(bob, 'likes.like', { mediaId: annShared })
    expect(await told(ann)).toEqual({ kinds: ['liked'], count: 1 })
    // Bob comments, and is blocked before anybody is told.
    await tell(bob, 'comments.add', { mediaId: annShared, text: 'Oh' })
    await block(ann, bob)
    expect(await told(ann)).toEqual({ kinds: [], count: 0 })
    await unblock(ann, bob)
    expect(await told(ann)).toEqual({ kinds: ['liked'], count: 1 })
    await closeQuiet(db, Date.now() + 3_600_000)
  })

  test('what an admin does to somebody is told to them all the same', async () => {
    const { ann, olga, groupId, annShared } = world
    await block(ann, olga)
    await tell(olga, 'groups.setRole', { groupId, userId: ann.userId, role: 'viewer' })
    await tell(olga, 'gallery.moveToTrash', { mediaIds: [annShared] })
    expect((await told(ann)).kinds).toContain('role_changed')
  })
})

describe('administration goes on', () => {
  test('an owner is shown everybody they have to look after, with those they blocked marked, and not who blocked them', async () => {
    const { ann, bob, olga, groupId } = world
    await block(olga, ann)
    await block(bob, olga)
    const { members } = await ask<{ members: { id: UserId; isBlocked: boolean; itemCount: number }[] }>(
      olga,
      'groups.members',
      { groupId },
    )
    const marks = Object.fromEntries(members.map(({ id, isBlocked, itemCount }) => [id, [isBlocked, itemCount]]))
    expect(marks[ann.userId]).toEqual([true, 0])
    expect(marks[bob.userId]).toEqual([false, 0])
    const { group } = await ask<{ group: { memberCount: number } }>(olga, 'groups.find', { groupId })
    expect(group.memberCount).toBe(4)
    await tell(olga, 'groups.removeMember', { groupId, userId: bob.userId, items: 'keep' })
  })

  test('somebody who asks to come in is shown to the admins, whoever blocked whom', async () => {
    const { olga, groupId } = world
    const dan = await addPerson(db, edge, 'Dan')
    await db.insert(joinRequests).values({ groupId, userId: dan.userId, role: 'viewer', createdAt: new Date() })
    await block(olga, dan)
    const { requests } = await ask<{ requests: { userId: UserId }[] }>(olga, 'requests.list', { groupId })
    expect(requests.map(({ userId }) => userId)).toEqual([dan.userId])
  })
})

test('an invite does not name who is apart from whoever looks at it, nor count them', async () => {
  const { ann, olga, groupId } = world
  const code = 'BCKD2345AB'
  await db.insert(invites).values({
    id: newId('invite'),
    groupId,
    code,
    role: 'viewer',
    needsApproval: false,
    createdBy: olga.userId,
    createdAt: new Date(),
  })
  const dan = await addPerson(db, edge, 'Dan')
  const shown = async () => {
    const { inviterName, group } = await ask<{ inviterName: string | null; group: { memberCount: number } }>(
      dan,
      'invites.preview',
      { code },
    )
    return [inviterName, group.memberCount]
  }
  expect(await shown()).toEqual(['Olga', 4])
  await block(olga, dan)
  expect(await shown()).toEqual([null, 3])
  await unblock(olga, dan)
  expect(await shown()).toEqual(['Olga', 4])
  await block(ann, dan)
  expect(await shown()).toEqual(['Olga', 3])
})
