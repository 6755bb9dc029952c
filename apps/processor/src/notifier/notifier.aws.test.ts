// Pushes and digests on the local cloud, with the very functions that run there: from what happened to what a browser
// decrypts and a mailbox holds, and no more often than once.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { groups, memberships } from '@shoebox/db/schema/groups.ts'
import { notices, notifications } from '@shoebox/db/schema/notifications.ts'
import { deliveries, digests, pushSubscriptions } from '@shoebox/db/schema/push.ts'
import { keepSubscription } from '@shoebox/db/stores/push-store.ts'
import { suppressAddress } from '@shoebox/db/stores/suppression-store.ts'
import type { Author } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { openCloud } from '../../test/open-cloud.ts'

const start = new Date()
const { stack, rows, edge } = await openCloud(start, {
  also: ['ses', 'push'],
  queues: { visibilityTimeoutSeconds: 1 },
})
const sqs = new SQSClient({ endpoint: stack.sqs.endpoint, region: stack.region, credentials: stack.credentials })
let ann: Author, bob: Author
let groupId = numberedId('group', 0)
let groupCount = 0

afterAll(() => sqs.destroy())
beforeEach(async () => {
  ;[ann, bob] = [await rows.addAuthor('Ann'), await rows.addAuthor('Bob')]
  groupId = numberedId('group', (groupCount += 1))
  await rows.db.insert(groups).values({ id: groupId, name: 'Alps', createdAt: start, activeAt: start, memberCount: 2 })
  for (const { userId } of [ann, bob])
    await rows.db.insert(memberships).values({ groupId, userId, role: 'contributor', joinedAt: start, seenAt: start })
})

const round = () => stack.lambdas.invoke('notify', {})
const arrive = (count = 1) =>
  rows.db.insert(notices).values({ kind: 'items_added', groupId, actorId: ann.userId, count, happenedAt: new Date() })
/** As if the quiet period had passed. */
const grow = (minutes: number) =>
  rows.db.update(notifications).set({
    firstAt: sql`first_at - ${`${minutes} minutes`}::interval`,
    lastAt: sql`last_at - ${`${minutes} minutes`}::interval`,
  })
async function wake(author: Author, showsNames = true): Promise<string> {
  const { endpoint, keys } = stack.push.subscribe()
  await keepSubscription(edge, { author, endpoint, ...keys, showsNames, nowMs: Date.now() })
  return endpoint
}
const textsAt = (endpoint: string) => stack.push.pushes(endpoint).map(({ text }) => JSON.parse(text) as object)
const isAllSent = async () =>
  (await rows.db.select().from(deliveries)).every(({ endedAt }) => endedAt !== null) &&
  stack.sqs.peek('notices').length === 0
const addressOf = async ({ userId }: Author) =>
  (await rows.db.select().from(users).where(eq(users.id, userId)))[0]?.email ?? ''

test('fifty pictures in a minute are one push, encrypted to that browser, however often the queue hands it out', async () => {
  const endpoint = await wake(bob)
  await stack.lambdas.pause('notifier')
  for (let n = 0; n < 50; n += 1) await arrive()
  await round()
  expect(stack.sqs.peek('notices'), 'while they may still come').toEqual([])
  await grow(6)
  await round()
  await round()
  const messages = stack.sqs.peek('notices')
  expect(messages).toHaveLength(1)
  const again = messages.flatMap((MessageBody) => [MessageBody, MessageBody, MessageBody])
  for (const MessageBody of again)
    await sqs.send(new SendMessageCommand({ QueueUrl: stack.sqs.urlOf('notices'), MessageBody }))
  stack.lambdas.resume('notifier')
  await pollUntil(isAllSent)
  expect(stack.push.pushes(endpoint)).toEqual([
    {
      endpoint,
      text: expect.any(String) as string,
      ttlSeconds: 86_400,
      urgency: 'low',
      topic: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    },
  ])
  expect(textsAt(endpoint)).toEqual([
    { text: 'Ann added 50 items to Alps', path: `/g/${groupId}`, tag: groupId.slice(4).replaceAll('-', '') },
  ])
})

test('a browser that may show no names is told none', async () => {
  const endpoint = await wake(bob, false)
  await rows.db
    .insert(notices)
    .values({ kind: 'role_changed', groupId, actorId: ann.userId, subjectId: bob.userId, happenedAt: new Date() })
  await round()
  await pollUntil(isAllSent)
  expect(JSON.stringify(textsAt(endpoint))).toContain('There is something new for you')
  expect(JSON.stringify(textsAt(endpoint))).not.toMatch(/Ann|Alps/)
})

test('a push service that is down is asked again; a browser that is gone, or signed out, never', async () => {
  const [endpoint, other] = [await wake(bob), stack.push.subscribe()]
  await rows.db.insert(sessions).values({
    id: 'second',
    userId: bob.userId,
    expiresAt: rows.later(3_600_000),
    createdAt: start,
    lastSeenAt: start,
    userAgent: '',
  })
  await keepSubscription(edge, {
    author: { ...bob, sessionId: 'second' },
    endpoint: other.endpoint,
    ...other.keys,
    showsNames: true,
    nowMs: Date.now(),
  })
  const tell = () =>
    rows.db
      .insert(notices)
      .values({ kind: 'accepted', groupId, actorId: ann.userId, subjectId: bob.userId, happenedAt: new Date() })
  stack.push.forget(other.endpoint)
  stack.push.failNext(2, 503)
  await tell()
  await round()
  await pollUntil(isAllSent)
  expect(textsAt(endpoint)).toHaveLength(1)
  expect((await rows.db.select().from(pushSubscriptions)).map((kept) => kept.endpoint)).not.toContain(other.endpoint)
  await rows.db.delete(sessions).where(eq(sessions.id, bob.sessionId))
  await rows.db.delete(notifications)
  await tell()
  await round()
  await pollUntil(isAllSent)
  expect(textsAt(endpoint)).toHaveLength(1)
})

test('what a push service never takes rests nowhere, and what never succeeds becomes a dead letter', async () => {
  const endpoint = await wake(bob)
  const tell = async () => {
    await rows.db.delete(notifications)
    await rows.db
      .insert(notices)
      .values({ kind: 'accepted', groupId, actorId: ann.userId, subjectId: bob.userId, happenedAt: new Date() })
    await round()
  }
  stack.push.failNext(1, 413)
  await tell()
  await pollUntil(isAllSent)
  stack.push.failNext(5, 500)
  await tell()
  await pollUntil(() => stack.sqs.peek('notices-dead').length === 1)
  stack.push.failNext(0, 500)
  expect(textsAt(endpoint)).toEqual([])
})

/** Everybody who waits for a digest is mailed now. */
async function mailDigests() {
  await grow(6)
  await round()
  await rows.db
    .update(digests)
    .set({ dueAt: start })
    .where(sql`waits_since is not null`)
  await round()
  await pollUntil(
    async () =>
      (
        await rows.db
          .select()
          .from(deliveries)
          .where(sql`session_id is null and ended_at is null`)
      ).length === 0,
  )
}

test('a digest is mailed once, by group and who did it, in the reader’s zone, with a way out for mail programs', async () => {
  await rows.db.insert(digests).values({ userId: bob.userId, timeZone: 'Asia/Tokyo' })
  await arrive(3)
  await round()
  await grow(10)
  await round()
  await arrive(2)
  await round()
  await mailDigests()
  const address = await addressOf(bob)
  await pollUntil(() => stack.ses.mails(address).length > 0)
  const [mail, ...more] = stack.ses.mails(address)
  expect(more).toEqual([])
  const { subject = '', text = '', html = '', headers = {} } = mail ?? {}
  expect(subject).toBe('What is new since you last looked')
  expect(text).toMatch(/\nAlps\n- Ann added 5 items to Alps, \w+day .*\d\d:\d\d\n/)
  expect(text).toContain('Asia/Tokyo')
  const token = `${bob.userId}\\.digest\\.[\\w-]{43}`
  expect(headers['List-Unsubscribe']).toMatch(new RegExp(`^<${stack.siteOrigin}/mute\\?t=${token}>$`))
  expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  expect(text).toContain(`${stack.siteOrigin}/mute?t=${bob.userId}.${groupId}.`)
  expect(html).not.toMatch(/<(img|script)/)
  await mailDigests()
  expect(stack.ses.mails(address), 'nothing new').toHaveLength(1)
})

test('nothing is mailed where mail comes back, nor of what was read or muted meanwhile', async () => {
  await suppressAddress(rows.db, { address: await addressOf(bob), reason: 'bounce', nowMs: Date.now() })
  const cem = await rows.addAuthor('Cem')
  await rows.db
    .insert(memberships)
    .values({ groupId, userId: cem.userId, role: 'viewer', joinedAt: start, seenAt: start })
  await arrive()
  await round()
  await rows.db.update(memberships).set({ notifications: 'none' }).where(eq(memberships.userId, cem.userId))
  await mailDigests()
  expect([stack.ses.mails(await addressOf(bob)), stack.ses.mails(await addressOf(cem))]).toEqual([[], []])
})
