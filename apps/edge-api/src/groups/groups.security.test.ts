// What groups and galleries answer to what is malformed, oversize, foreign or tried too often. Who may do what is the
// matrix (authorisation.security.test.ts), what racing comes to membership-races.pg.test.ts.
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '@shoebox/db/schema/accounts.ts'
import { groups, invites, memberships } from '@shoebox/db/schema/groups.ts'
import { media } from '@shoebox/db/schema/media.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { stayInWindow } from '@shoebox/testing/stay-in-window.ts'
import { addGroup, addPerson, addPicture, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { Visitor } from '../../test/visitor.ts'
import type { GalleryIds } from '../gallery/gallery.schema.ts'
import type { Invite } from '../invites/invites.schema.ts'
import type { FindOutput, MembersOutput, MineOutput } from './groups.schema.ts'

const { edge, db } = await openEdge()
let owner: Person
let member: Person
let stranger: Person
let groupId: GroupId

beforeAll(async () => {
  owner = await addPerson(db, edge, 'Olga')
  member = await addPerson(db, edge, 'Mia')
  stranger = await addPerson(db, edge, 'Sam')
  groupId = await addGroup(db, [
    [owner, 'owner'],
    [member, 'contributor'],
  ])
})

const createInvite = async (input: object = {}) => {
  const answer = await owner.visitor.mutate('invites.create', { groupId, role: 'viewer', ...input })
  return (answer.data as { invite: Invite }).invite
}

describe('a group', () => {
  test('that one does not belong to is answered exactly like one that is not there', async () => {
    const texts = await Promise.all(
      [groupId, numberedId('group', 404)].map(async (id) => {
        const { status, text } = await stranger.visitor.query('groups.find', { groupId: id })
        return { status, text: text.replace(/"requestId":"[^"]*"/, '') }
      }),
    )
    expect(texts[0]).toEqual(texts[1])
    expect(texts[0]?.status).toBe(404)
  })

  test('tells members of each other what they are called, and neither addresses nor codes', async () => {
    await createInvite()
    const answers = await Promise.all(
      ['groups.find', 'groups.members', 'gallery.page', 'gallery.ids', 'groups.leavePreview'].map((procedure) =>
        member.visitor.query(procedure, { groupId }),
      ),
    )
    for (const { status, text } of answers) {
      expect(status).toBe(200)
      expect(text).not.toContain('@')
      expect(text).not.toMatch(/[2-9A-HJ-NP-Z]{10}/)
    }
  })

  test('is found by its members with what is unread and where they stand', async () => {
    const [ann, ben] = [await addPerson(db, edge, 'Ann'), await addPerson(db, edge, 'Ben')]
    const created = await ann.visitor.mutate('groups.create', { name: '  Rome  ', description: 'Spring' })
    const { groupId: rome } = created.data as { groupId: GroupId }
    await db.insert(memberships).values({
      groupId: rome,
      userId: ben.userId,
      role: 'viewer',
      joinedAt: new Date(),
      seenAt: new Date(Date.now() - 1000),
    })
    const mediaId = await addPicture(db, ann, rome)
    expect((await ann.visitor.mutate('groups.edit', { groupId: rome, coverId: mediaId })).data).toEqual({})
    const mine = async ({ visitor }: Person) => ((await visitor.query('groups.mine')).data as MineOutput).groups
    expect(await mine(ann)).toMatchObject([{ id: rome, name: 'Rome', role: 'owner', unread: 0 }])
    const [shown] = await mine(ben)
    expect(shown).toMatchObject({ role: 'viewer', unread: 1, pendingRequests: 0 })
    expect(shown?.members.map(({ name }) => name)).toEqual(['Ben', 'Ann'])
    expect(shown?.cover?.base).toContain(mediaId)
    await ben.visitor.mutate('groups.markSeen', { groupId: rome })
    expect((await mine(ben))[0]?.unread).toBe(0)
    const found = (await ben.visitor.query('groups.find', { groupId: rome })).data as FindOutput
    expect(found.group).toMatchObject({ description: 'Spring', joining: 'open', locationPolicy: 'strip', itemCount: 1 })
    await ann.visitor.mutate('gallery.moveToTrash', { mediaIds: [mediaId] })
    expect((await mine(ben))[0]?.cover).toBeNull()
  })

  test('takes no cover from anywhere else', async () => {
    for (const mediaId of [await addPicture(db, owner, null), await addPicture(db, stranger, await addGroup(db, []))]) {
      const answer = await owner.visitor.mutate('groups.edit', { groupId, coverId: mediaId })
      expect(answer.refusal).toEqual({ code: 'not_found' })
    }
  })

  test('keeps one cover of its own: the one before goes, and an item that was one stays', async () => {
    const [first, second] = [
      await addPicture(db, owner, groupId, { purpose: 'cover' }),
      await addPicture(db, owner, groupId, { purpose: 'cover' }),
    ]
    const item = await addPicture(db, member, groupId)
    const cover = (coverId: string | null) => owner.visitor.mutate('groups.edit', { groupId, coverId })
    const left = async () =>
      (await db.select().from(media).where(eq(media.groupId, groupId)))
        .map(({ id }) => id)
        .filter((id) => [first, second, item].includes(id))
    for (const [coverId, kept] of [
      [second, [second, item]],
      [item, [item]],
      [null, [item]],
    ] as const) {
      expect((await cover(coverId)).data).toEqual({})
      expect(new Set(await left())).toEqual(new Set(kept))
    }
    const page = (await member.visitor.query('gallery.page', { groupId })).text
    expect(page).not.toContain(second)
    const { items: named } = (await member.visitor.query('gallery.ids', { groupId })).data as GalleryIds
    expect(named).toContainEqual({ id: item, isMine: true })
    expect(named).not.toContainEqual(expect.objectContaining({ id: second }))
    const ofOwner = (await owner.visitor.query('gallery.ids', { groupId })).data as GalleryIds
    expect(ofOwner.items).toContainEqual({ id: item, isMine: false })
    const { members } = (await owner.visitor.query('groups.members', { groupId })).data as MembersOutput
    const counts = members.map(({ name, itemCount }) => [name, itemCount])
    expect(counts.slice(0, 2)).toEqual([
      ['Olga', 0],
      ['Mia', 1],
    ])
  })

  test('ends only under its own name', async () => {
    const id = await addGroup(db, [[owner, 'owner']])
    const remove = async (name: string) => (await owner.visitor.mutate('groups.remove', { groupId: id, name })).refusal
    expect(await remove('friends')).toEqual({ code: 'name_differs' })
    expect(await remove('Friends')).toBeNull()
    expect(await db.$count(groups, eq(groups.id, id))).toBe(0)
  })

  test('is nobody’s whose session has ended', async () => {
    const late = await addPerson(db, edge)
    const id = await addGroup(db, [[late, 'owner']])
    await db
      .update(sessions)
      .set({ expiresAt: new Date(0) })
      .where(eq(sessions.userId, late.userId))
    for (const procedure of ['groups.find', 'gallery.page', 'gallery.ids', 'groups.members'])
      expect((await late.visitor.query(procedure, { groupId: id })).refusal).toEqual({ code: 'sign_in_needed' })
    const left = await late.visitor.mutate('groups.leave', { groupId: id, items: 'keep' })
    expect(left.refusal).toEqual({ code: 'sign_in_needed' })
    expect(await db.$count(groups, eq(groups.id, id))).toBe(1)
  })
})

describe('an invite', () => {
  test('shows what it opens to anybody who holds it, and where they stand', async () => {
    const { code } = await createInvite({ needsApproval: true })
    const typed = `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase()
    const preview = async (visitor: Visitor) => (await visitor.query('invites.preview', { code: typed })).data
    expect(await preview(new Visitor(edge))).toMatchObject({
      group: { name: 'Friends', memberCount: 2 },
      inviterName: 'Olga',
      needsApproval: true,
      standing: 'none',
      groupId: null,
    })
    expect(await preview(member.visitor)).toMatchObject({ standing: 'member', groupId })
    const asking = await addPerson(db, edge)
    const joined = await asking.visitor.mutate('invites.join', { code: typed })
    expect(joined.data).toEqual({ joined: false, requested: true })
    expect(await preview(asking.visitor)).toMatchObject({ standing: 'requested' })
    await owner.visitor.mutate('requests.decline', { groupId, userId: asking.userId })
    expect(await preview(asking.visitor)).toMatchObject({ standing: 'declined' })
    const again = await asking.visitor.mutate('invites.join', { code: typed })
    expect(again.refusal).toEqual({ code: 'request_declined' })
  })

  test('that opens nothing is answered the same whatever the reason', async () => {
    const [expired, revoked, spent] = [await createInvite(), await createInvite(), await createInvite({ usesMax: 1 })]
    await db
      .update(invites)
      .set({ expiresAt: new Date(0) })
      .where(eq(invites.id, expired.id))
    await owner.visitor.mutate('invites.revoke', { groupId, inviteId: revoked.id })
    await (await addPerson(db, edge)).visitor.mutate('invites.join', { code: spent.code })
    const closed = await addGroup(db, [[owner, 'owner']], { joining: 'closed' })
    const ofClosed = await createInvite({ groupId: closed })
    const codes = [expired, revoked, spent, ofClosed].map(({ code }) => code)
    for (const code of [...codes, 'ABCDEFGHJK', '', 'x'.repeat(64)]) {
      const asker = await addPerson(db, edge)
      for (const answer of [
        await asker.visitor.query('invites.preview', { code }),
        await asker.visitor.mutate('invites.join', { code }),
      ]) {
        expect(answer.refusal).toEqual({ code: 'invite_not_valid' })
        expect(answer.status).toBe(404)
      }
    }
    const states = (await owner.visitor.query('invites.list', { groupId })).data as { invites: Invite[] }
    const stateOf = ({ id }: Invite) => states.invites.find((invite) => invite.id === id)?.state
    expect([expired, revoked, spent].map(stateOf)).toEqual(['expired', 'revoked', 'used_up'])
  })

  test('cannot be guessed: a network is stopped, and what it tries then opens nothing', async () => {
    await stayInWindow()
    const guesser = new Visitor(edge)
    const guess = () => guesser.query('invites.preview', { code: 'ABCDEFGHJK' })
    for (let n = 0; n < 300; n += 20) await Promise.all(Array.from({ length: 20 }, guess))
    const { code } = await createInvite()
    const stopped = await guesser.query('invites.preview', { code })
    expect([stopped.status, stopped.refusal?.['code']]).toEqual([429, 'rate_limited'])
    const joining = await stranger.visitor.mutate(
      'invites.join',
      { code },
      { headers: { 'cf-connecting-ip': guesser.network } },
    )
    expect(joining.refusal?.['code']).toBe('rate_limited')
    expect((await stranger.visitor.query('groups.find', { groupId })).status).toBe(404)
  })
})

describe('malformed', () => {
  const id = numberedId('group', 1)
  const item = numberedId('media', 1)
  const long = 'x'.repeat(10_000)
  const queries: [string, object][] = [
    ['groups.find', {}],
    ['groups.find', { groupId: numberedId('user', 1) }],
    ['groups.find', { groupId: long }],
    ['groups.members', { groupId: id, userId: 1 }],
    ['invites.preview', { code: long }],
    ['gallery.page', { groupId: id, size: 101 }],
    ['gallery.page', { groupId: id, cursor: 'x' }],
    ['gallery.page', { groupId: id, zone: 'Mars/Olympus' }],
    ['gallery.page', { groupId: id, zone: '+02:00' }],
    ['gallery.page', { groupId: id, zone: `UTC'; drop table media; --` }],
    ['gallery.page', { groupId: id, filter: { from: '2026-02-30' } }],
    ['gallery.page', { groupId: id, filter: { uploaders: [] } }],
    ['gallery.page', { groupId: id, filter: { kinds: ['text'] } }],
    ['gallery.ids', { groupId: id, size: 5001 }],
    ['gallery.ids', { groupId: id, cursor: 'x' }],
    ['gallery.since', { groupId: id, after: 'x' }],
    ['gallery.trash', { groupId: 1 }],
    ['comments.list', { mediaId: item, cursor: item }],
    ['originals.sign', { mediaId: long }],
  ]
  const mutations: [string, object][] = [
    ['groups.create', {}],
    ['groups.create', { name: '   ' }],
    ['groups.create', { name: 'x'.repeat(81) }],
    ['groups.create', { name: 'a\0b' }],
    ['groups.create', { name: 'a', ownerId: numberedId('user', 1) }],
    ['groups.edit', { groupId: 'GROUP', description: 'x'.repeat(501) }],
    ['groups.edit', { groupId: 'GROUP', joining: 'ajar' }],
    ['groups.setRole', { groupId: 'GROUP', userId: numberedId('user', 1), role: 'owner' }],
    ['groups.leave', { groupId: 'GROUP', items: 'burn' }],
    ['invites.create', { groupId: 'GROUP', role: 'admin' }],
    ['invites.create', { groupId: 'GROUP', role: 'viewer', usesMax: 0 }],
    ['invites.create', { groupId: 'GROUP', role: 'viewer', expiresInHours: 0.5 }],
    ['gallery.moveToTrash', { mediaIds: [] }],
    ['gallery.moveToTrash', { mediaIds: Array.from({ length: 501 }, (_, n) => numberedId('media', n)) }],
    ['gallery.move', { mediaIds: [item] }],
    ['gallery.move', { mediaIds: [item], toGroupId: null, withoutWords: 'yes' }],
    ['gallery.describe', { mediaId: item }],
    ['gallery.describe', { mediaId: item, caption: 'x'.repeat(501) }],
    ['comments.add', { mediaId: item, text: ' ' }],
    ['comments.add', { mediaId: item, text: 'x'.repeat(501) }],
    ['comments.remove', { commentId: item }],
  ]
  const filled = (input: object) =>
    JSON.parse(JSON.stringify(input).replace('"GROUP"', JSON.stringify(groupId))) as object

  test.each(queries)('%s %j is refused', async (procedure, input) => {
    expect((await owner.visitor.query(procedure, input)).refusal).toMatchObject({ code: 'invalid_input' })
  })

  test.each(mutations)('%s %j is refused', async (procedure, input) => {
    expect((await owner.visitor.mutate(procedure, filled(input))).refusal).toMatchObject({ code: 'invalid_input' })
  })

  test.each(['CTT', 'BST', 'US/Pacific-New', 'Canada/East-Saskatchewan', 'Etc/GMT+5', 'asia/kolkata'])(
    'the zone %s, which browsers know and Postgres may not, is understood',
    async (zone) => {
      const wish = { groupId, zone, filter: { from: '2020-01-01' } }
      for (const procedure of ['gallery.timeline', 'gallery.page'])
        expect((await owner.visitor.query(procedure, wish)).status).toBe(200)
    },
  )

  test('letters of any script count once each', async () => {
    const mediaId = await addPicture(db, member, groupId)
    const describe = (caption: string) => member.visitor.mutate('gallery.describe', { mediaId, caption })
    expect((await describe('🏡'.repeat(500))).data).toEqual({})
    expect((await describe('🏡'.repeat(501))).refusal).toMatchObject({ code: 'invalid_input' })
    const [row] = await db.select().from(media).where(eq(media.id, mediaId))
    expect(row?.caption).toBe('🏡'.repeat(500))
  })
})
