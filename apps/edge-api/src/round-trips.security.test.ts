// How often each procedure asks the database: counted where the requests arrive.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { openEdge } from '../test/open-edge.ts'
import { codeFor, password, signUpForm, signUpVisitor, Visitor } from '../test/visitor.ts'

const { edge } = await openEdge()
let rows: ReturnType<typeof databaseRows>

beforeAll(async () => {
  rows = databaseRows(edge.databaseUrl, new Date())
})

afterAll(async () => {
  await rows.end()
})

async function tripsOf(call: () => Promise<{ status: number; text: string }>): Promise<number> {
  edge.neon.resetCounts()
  const answer = await call()
  if (answer.status !== 200) throw new Error(answer.text)
  return edge.neon.counts.trips
}

test('a read is one trip', async () => {
  const viewer = await signUpVisitor(edge)
  const mediaId = await rows.addItem(await rows.addAuthor(), new Date())
  const { sinceCursor } = (await viewer.query('feed.page', {})).data as { sinceCursor: string }
  const { groupId } = (await viewer.mutate('groups.create', { name: 'Lake' })).data as { groupId: string }
  const reads = {
    'account.me': undefined,
    'account.usage': undefined,
    'account.profile': undefined,
    'account.previewDeletion': undefined,
    'account.findExport': undefined,
    'notifications.list': undefined,
    'notifications.unreadCount': undefined,
    'sessions.list': undefined,
    'feed.page': {},
    'feed.since': { after: sinceCursor },
    'feed.item': { mediaId },
    'feed.details': { mediaId },
    'feed.likedAmong': { mediaIds: [mediaId] },
    'gallery.page': { groupId },
    'gallery.ids': { groupId },
    'uploads.watch': { mediaIds: [mediaId] },
    'uploads.mine': {},
  }
  const trips: Record<string, number> = {}
  for (const [procedure, input] of Object.entries(reads))
    trips[procedure] = await tripsOf(() => viewer.query(procedure, input))
  expect(trips).toEqual(Object.fromEntries(Object.keys(reads).map((procedure) => [procedure, 1])))
})

test('a write is at most two trips, for fifty files as for one', async () => {
  const visitor = new Visitor(edge)
  const email = 'trips@example.org'
  const trips: Record<string, number> = {}
  const write = async (procedure: string, input?: unknown) => {
    let data: unknown
    trips[procedure] = await tripsOf(async () => {
      const answer = await visitor.mutate(procedure, input)
      data = answer.data
      return answer
    })
    return data
  }
  const { verificationId } = (await write('account.signUp', signUpForm(email))) as { verificationId: string }
  await write('account.resendCode', { verificationId })
  await write('account.verifySignUp', { verificationId, code: codeFor(edge, email) })
  await write('account.signIn', { email, password })
  const photo = { name: 'a.jpg', type: 'image/jpeg', bytes: 1, sha256: `${'A'.repeat(43)}=`, allowDuplicate: true }
  const begun = await write('uploads.begin', {
    batchId: crypto.randomUUID(),
    files: Array.from({ length: 50 }, () => photo),
  })
  const { mediaId } = (begun as { files: { mediaId: string }[] }).files[0]!
  await write('uploads.sign', { mediaId })
  await write('uploads.cancel', { mediaId })
  const item = await rows.addItem(await rows.addAuthor(), new Date())
  await write('likes.like', { mediaId: item })
  await write('likes.unlike', { mediaId: item })
  await write('account.signOut')
  expect(trips).toEqual({
    'account.signUp': 2,
    'account.resendCode': 2,
    'account.verifySignUp': 1,
    'account.signIn': 2,
    'account.signOut': 1,
    'uploads.begin': 2,
    'uploads.sign': 2,
    'uploads.cancel': 2,
    'likes.like': 2,
    'likes.unlike': 2,
  })
})

test('what people do about their account is at most two trips', async () => {
  const owner = await signUpVisitor(edge, 'Owner')
  const trips: Record<string, number> = {}
  const write = async (procedure: string, input?: unknown) => {
    let data: unknown
    trips[procedure] = await tripsOf(async () => {
      const answer = await owner.mutate(procedure, input)
      data = answer.data
      return answer
    })
    return data as { verificationId: string }
  }
  await write('account.editProfile', { name: 'Anna' })
  await write('account.setAvatar', { mediaId: null })
  await write('account.requestExport')
  const chosen = { password: 'another fine password', confirmPassword: 'another fine password' }
  await write('account.changePassword', { currentPassword: password, ...chosen })
  const email = 'owner-moved@example.org'
  const asked = await write('account.requestAddressChange', { email, password: chosen.password })
  await write('account.confirmAddressChange', { ...asked, email: undefined, code: codeFor(edge, email) })
  const reset = await write('account.requestReset', { email })
  await write('account.reset', { ...reset, email: undefined, ...chosen, code: codeFor(edge, email) })
  await write('sessions.revokeOthers')
  await write('account.delete', { password: chosen.password })
  expect(trips).toEqual({
    'account.editProfile': 2,
    'account.setAvatar': 2,
    'account.requestExport': 2,
    'account.changePassword': 2,
    'account.requestAddressChange': 2,
    'account.confirmAddressChange': 2,
    'account.requestReset': 1,
    'account.reset': 2,
    'sessions.revokeOthers': 2,
    'account.delete': 2,
  })
})

test('a known and an unknown address cost the same work', async () => {
  const { email } = await signUpVisitor(edge, 'Known')
  const workOf = async (call: (visitor: Visitor) => Promise<unknown>) => {
    edge.neon.resetCounts()
    const mailsBefore = edge.mails().length
    await call(new Visitor(edge))
    return { ...edge.neon.counts, mails: edge.mails().length - mailsBefore }
  }
  const signUp = (address: string) => (visitor: Visitor) => visitor.mutate('account.signUp', signUpForm(address))
  const signIn = (address: string) => (visitor: Visitor) =>
    visitor.mutate('account.signIn', { email: address, password: 'not the password' })
  expect(await workOf(signUp(email))).toEqual(await workOf(signUp('unknown@example.org')))
  expect(await workOf(signIn(email))).toEqual(await workOf(signIn('unknown@example.org')))
})

test('the first page costs people who are not signed in no trip while the edge has it, alone or in a batch', async () => {
  const visitor = new Visitor(edge)
  const first = await visitor.query('feed.page', { size: 17 })
  const cached = () => visitor.query('feed.page', { size: 17 })
  await expect.poll(() => tripsOf(cached)).toBe(0)
  expect((await cached()).text).toBe(first.text)
  const batch = '/api/trpc/account.me,feed.page?batch=1&input='
  expect(await tripsOf(() => visitor.send(batch + encodeURIComponent('{"1":{"size":17}}'), {}))).toBe(0)
  expect(await tripsOf(() => visitor.query('feed.page', { size: 18 }))).toBe(1)
})

test('the shared page is at most ten seconds old, and never shown to who is signed in', async () => {
  const viewer = await signUpVisitor(edge)
  const visitor = new Visitor(edge)
  await visitor.query('feed.page', { size: 9 })
  const id = await rows.addItem(await rows.addAuthor(), new Date(Date.now() + 3_600_000))
  const newestOf = async (who: Visitor) =>
    ((await who.query('feed.page', { size: 9 })).data as { items: { id: string }[] }).items[0]?.id
  expect(await newestOf(viewer)).toBe(id)
  await expect.poll(() => newestOf(visitor), { interval: 500 }).toBe(id)
})

test('what is refused at the door costs no trip', async () => {
  edge.neon.resetCounts()
  const visitor = new Visitor(edge)
  await visitor.mutate('account.signUp', {})
  await visitor.mutate('likes.like', { mediaId: 'x' }, { origin: 'https://evil.example' })
  await visitor.query('account.me')
  await visitor.query('account.me', undefined, { cookie: '__Host-shoebox=not-a-token' })
  await visitor.query('feed.page', { cursor: 'x' })
  expect(edge.neon.counts.trips).toBe(0)
})
