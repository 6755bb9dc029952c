// What a banned person had begun to send, on the whole local cloud: nothing of it is ever shown, and nothing of it stays
// in either bucket.
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { banPerson } from '@shoebox/db/stores/ban-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import { makeOrientedJpeg } from '@shoebox/testing/samples/pictures.ts'
import { openCloud } from '../test/open-cloud.ts'
import { makeOwner, reserveUploads, type ReservedUpload } from '../test/reserve-uploads.ts'

const { stack, db, s3, edge } = await openCloud(new Date())

const put = ({ key }: ReservedUpload, Body: Buffer) =>
  s3.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: key, Body }))

const listOf = async (Bucket: string): Promise<string[]> => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
  return Contents.map(({ Key = '' }) => Key)
}

async function addModerator() {
  const author = { userId: numberedId('user', 2), sessionId: 'moderating' }
  const [now, later] = [new Date(), new Date(Date.now() + 900_000)]
  const account = { email: 'mo@example.org', name: 'Mo', emailVerifiedAt: now, createdAt: now }
  await db.insert(users).values({ id: author.userId, role: 'moderator', ...account })
  const dates = { createdAt: now, lastSeenAt: now, expiresAt: later, steppedUpUntil: later }
  await db.insert(sessions).values({ id: author.sessionId, userId: author.userId, userAgent: '', ...dates })
  return author
}

test(
  'what was signed before a ban leaves nothing, whether it was cancelled by it or overlooked',
  { timeout: 120_000 },
  async () => {
    const owner = await makeOwner(db)
    const author = await addModerator()
    const photo = await makeOrientedJpeg(6)
    const begun = await reserveUploads(db, owner, photo, 2)
    const person = { userId: owner, email: 'ann@example.org', addressHash: '' }
    const wish = { author, id: numberedId('ban', 1), ...person, reason: 'Insults.' }
    const choices = { items: 'keep', endsAt: null, caseId: null, handedOver: [], nowMs: Date.now() } as const
    expect(await audited(banPerson)(edge, { ...wish, ...choices })).toBe('banned')
    // As if its reservation had been written in the same moment.
    const overlooked = await reserveUploads(db, owner, photo, 1, 100)
    for (const upload of [...begun, ...overlooked]) await put(upload, photo)

    const isSettled = async () =>
      (await db.$count(media, eq(media.state, 'refused'))) === 1 &&
      (['uploads', 'outcomes'] as const).every((queue) => {
        const { visible, inFlight } = stack.sqs.counts(queue)
        return visible + inFlight === 0
      })
    await pollUntil(isSettled, { timeoutMs: 60_000, what: 'all to be settled' })
    const rows = await db.select({ state: media.state, reason: media.refusalReason }).from(media).orderBy(media.id)
    expect(rows).toEqual([
      { state: 'cancelled', reason: null },
      { state: 'cancelled', reason: null },
      { state: 'refused', reason: 'owner_banned' },
    ])

    await stack.lambdas.invoke('purge', {})
    expect(await listOf(buckets.media)).toEqual([])
    // What lies where it was sent goes once no request for it can be alive.
    await db.update(media).set({ settledAt: sql`settled_at - interval '1 hour'` })
    await stack.lambdas.invoke('janitor', {})
    expect(await listOf(buckets.incoming)).toEqual([])
  },
)
