// What strangers could make of pushes and of the links in mails. Who may ask for what is the matrix.
import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { memberships } from '@shoebox/db/schema/groups.ts'
import { digests, pushSubscriptions } from '@shoebox/db/schema/push.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import { muteText, writeMuteToken, type Muted } from '@shoebox/shared/notices/mute-token.ts'
import { addGroup, addPerson, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { linkKey } from '../../test/start-edge.ts'
import type { SettingsOutput } from './push.schema.ts'

const { edge, db } = await openEdge()
let mia: Person, noa: Person
let groupId: GroupId

beforeAll(async () => {
  mia = await addPerson(db, edge, 'Mia')
  noa = await addPerson(db, edge, 'Noa')
  groupId = await addGroup(db, [
    [mia, 'owner'],
    [noa, 'contributor'],
  ])
})
const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22), showsNames: true }
const wake = ({ visitor }: Person, changes: object = {}) =>
  visitor.mutate('notifications.subscribe', { endpoint: 'https://push.example.org/1', ...keys, ...changes })
const settingsOf = async ({ visitor }: Person) => (await visitor.query('notifications.settings')).data as SettingsOutput

describe('a browser that is to be woken', () => {
  test.each([
    'http://push.example.org/1',
    'https://127.0.0.1/1',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/1',
    'https://db.internal/1',
    'https://push.example.org:6379/1',
    'https://push.example.org@10.0.0.1/1',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('is never one at %s', async (endpoint) => {
    expect(await wake(mia, { endpoint })).toMatchObject({ status: 422, refusal: { code: 'push_service_unknown' } })
  })

  test.each([
    { endpoint: `https://push.example.org/${'x'.repeat(1000)}` },
    { endpoint: '' },
    { p256dh: 'A'.repeat(87) },
    { p256dh: `B${'A'.repeat(87)}` },
    { auth: '' },
    { auth: '\u0000'.repeat(22) },
    { showsNames: 'yes' },
    { userId: 'usr_00000000-0000-7000-8000-000000000001' },
  ])('is not one with %j', async (changes) => {
    expect((await wake(mia, changes)).status).toBe(400)
  })

  test('is shown to its person alone, its address only to itself, and goes with its session', async () => {
    await wake(mia)
    expect((await settingsOf(mia)).devices).toMatchObject([{ isCurrent: true, endpoint: 'https://push.example.org/1' }])
    expect((await settingsOf(noa)).devices).toEqual([])
    const [mine] = (await settingsOf(mia)).devices
    await noa.visitor.mutate('notifications.unsubscribe', { id: mine?.id })
    expect((await settingsOf(mia)).devices, 'by somebody else').toHaveLength(1)
    await mia.visitor.mutate('notifications.unsubscribe', {})
    expect((await settingsOf(mia)).devices).toEqual([])
    const lea = await addPerson(db, edge, 'Lea')
    await wake(lea)
    await lea.visitor.mutate('account.signOut')
    expect(await db.select().from(pushSubscriptions)).toEqual([])
  })

  test('subscribes with our key, a point of P-256', async () => {
    expect((await settingsOf(mia)).pushKey).toMatch(/^B[\w-]{86}$/)
  })
})

const tokenOf = (muted: Muted, key = linkKey) =>
  writeMuteToken(muted, createHmac('sha256', key).update(muteText(muted)).digest('base64url'))
const levelOf = async ({ userId }: Person) =>
  (await db.select().from(memberships).where(eq(memberships.userId, userId)))[0]?.notifications
const frequencyOf = async ({ userId }: Person) =>
  (await db.select().from(digests).where(eq(digests.userId, userId)))[0]?.frequency ?? 'weekly'
/** On a connection of its own: one whose large body was refused before it was read is closed under the next request. */
const post = (token: string, body = 'List-Unsubscribe=One-Click', headers: Record<string, string> = {}) =>
  fetch(`${edge.origin}/mute?t=${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', connection: 'close', ...headers },
    body,
  })

describe('a link in a digest', () => {
  test('changes nothing when it is opened, however often, by whoever and however', async () => {
    const tokens = [tokenOf({ userId: noa.userId, groupId }), tokenOf({ userId: noa.userId, groupId: null })]
    for (const token of tokens) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
        await (await fetch(`${edge.origin}/mute?t=${token}`, { method, redirect: 'manual' })).body?.cancel()
      // What runs the page's scripts asks this too.
      const asked = await mia.visitor.query('notifications.findMute', { token })
      expect(asked.status).toBe(200)
      await (await fetch(`${edge.origin}/api/trpc/notifications.mute?input={"token":"${token}"}`)).body?.cancel()
    }
    expect([await levelOf(noa), await frequencyOf(noa)]).toEqual(['all', 'weekly'])
  })

  test('ends what it is about when a mail program posts to it, from anywhere and signed in nowhere', async () => {
    const answer = await post(tokenOf({ userId: noa.userId, groupId: null }), undefined, {
      origin: 'https://mail.example.org',
    })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
    expect([await frequencyOf(noa), await frequencyOf(mia), await levelOf(noa)]).toEqual(['off', 'weekly', 'all'])
  })

  test.each(['', 'List-Unsubscribe=Two', 'a=b', '{"List-Unsubscribe":"One-Click"}', 'x'.repeat(300_000)])(
    'does nothing for a post that is not what RFC 8058 has mail programs send',
    async (body) => {
      const answer = await post(tokenOf({ userId: mia.userId, groupId: null }), body)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await frequencyOf(mia)).toBe('weekly')
    },
  )

  test('mutes one group from its page, tells how it was, and takes that back', async () => {
    const token = tokenOf({ userId: noa.userId, groupId })
    const stranger = edge.origin
    const mute = (input: object) =>
      fetch(`${stranger}/api/trpc/notifications.mute`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: edge.origin },
        body: JSON.stringify(input),
      })
    const before: unknown = await (await mute({ token })).json()
    expect(before).toMatchObject({ result: { data: { kind: 'group', groupName: 'Friends', level: 'all' } } })
    expect(await levelOf(noa)).toBe('none')
    expect((await mute({ token, to: 'weekly' })).status, 'a word of digests').toBe(404)
    expect((await mute({ token, to: 'all' })).status).toBe(200)
    expect([await levelOf(noa), await levelOf(mia)]).toEqual(['all', 'all'])
  })

  test('opens nothing that it was not written for', async () => {
    const mac = tokenOf({ userId: noa.userId, groupId }).split('.')[2] ?? ''
    const forged = [
      writeMuteToken({ userId: mia.userId, groupId }, mac),
      writeMuteToken({ userId: noa.userId, groupId: null }, mac),
      tokenOf({ userId: mia.userId, groupId: null }, 'another key, of enough characters to be one'),
      `${mia.userId}.digest.`,
      '..',
      '',
      'x'.repeat(5_000),
    ]
    for (const token of forged) {
      expect([400, 404]).toContain((await mia.visitor.query('notifications.findMute', { token })).status)
      expect((await post(encodeURIComponent(token))).status).toBe(404)
    }
    expect([await levelOf(mia), await frequencyOf(mia)]).toEqual(['all', 'weekly'])
  })

  test('of a group that one left finds nothing', async () => {
    const lea = await addPerson(db, edge, 'Lea')
    const token = tokenOf({ userId: lea.userId, groupId })
    expect((await lea.visitor.query('notifications.findMute', { token })).refusal).toMatchObject({ code: 'not_found' })
    expect((await post(token)).status).toBe(404)
  })
})

test('whoever reads what they were told says where they are, and changes nothing else by it', async () => {
  const until = new Date().toISOString()
  expect((await mia.visitor.mutate('notifications.markRead', { until, zone: 'Europe/Istanbul' })).status).toBe(200)
  const [kept] = await db.select().from(digests).where(eq(digests.userId, mia.userId))
  expect(kept).toMatchObject({ timeZone: 'Europe/Istanbul', frequency: 'weekly', dueAt: null })
})

test.each(['Mars/Olympus', '+02:00', 'UTC; drop table users', 'x'.repeat(65)])('%j is no zone', async (zone) => {
  expect((await mia.visitor.mutate('notifications.setDigest', { digest: 'daily', zone })).status).toBe(400)
  expect((await mia.visitor.mutate('notifications.markRead', { until: new Date().toISOString(), zone })).status).toBe(
    400,
  )
})
