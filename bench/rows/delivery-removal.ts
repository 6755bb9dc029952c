// B10's last line: how long what a removed member had signed before goes on being read. The Worker, the delivery front
// and the protocol of S3 are the real ones; buckets are 5 s, where production has 5 minutes.
import { setTimeout as wait } from 'node:timers/promises'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import type { GalleryPage } from '@shoebox/edge-api/src/gallery/gallery.schema.ts'
import { addGroup, addPerson, addPicture, generation } from '@shoebox/edge-api/test/group-world.ts'
import { startEdge, type Edge } from '@shoebox/edge-api/test/start-edge.ts'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { startDelivery } from '@shoebox/local/delivery/start-delivery.ts'
import { findFreePort } from '@shoebox/local/ports.ts'
import { derivativeKey } from '@shoebox/shared/upload/object-keys.ts'
import { startDatabase } from '@shoebox/testing/start-database.ts'
import type { BenchLine } from '../bench-row.ts'

const bucketSeconds = 5
/** What is stated to people, as 15 minutes for buckets of 5. */
const boundSeconds = 3 * bucketSeconds
/** Removals all over a bucket: how long an address lives depends on where in it it was signed. */
const removals = 10
const askEveryMs = 100

type Scene = { readonly edge: Edge; readonly db: PoolDatabase; readonly s3: S3Client }

/** Seconds from the answer to the removal until the member's address is refused for the first time. */
async function measureRemoval({ edge, db, s3 }: Scene): Promise<number> {
  const [owner, member] = [await addPerson(db, edge), await addPerson(db, edge)]
  const groupId = await addGroup(db, [
    [owner, 'owner'],
    [member, 'viewer'],
  ])
  const mediaId = await addPicture(db, owner, groupId)
  const Key = derivativeKey(mediaId, generation, 'tile')
  await s3.send(new PutObjectCommand({ Bucket: buckets.media, Key, Body: 'tile', ContentType: 'image/webp' }))
  const page = (await member.visitor.query('gallery.page', { groupId })).data as GalleryPage
  const shown = page.items[0]?.delivery
  const url = `${shown?.base}/tile.webp?${shown?.query}`
  if (shown === undefined || (await fetch(url)).status !== 200) throw new Error('A member is not shown the picture.')
  const removal = { groupId, userId: member.userId, items: 'keep' }
  const { status } = await owner.visitor.mutate('groups.removeMember', removal)
  if (status !== 200) throw new Error(`The member was not removed: ${status}.`)
  const removedAt = performance.now()
  while ((await fetch(url)).status === 200) await wait(askEveryMs)
  return (performance.now() - removedAt) / 1000
}

export async function measureRemovals(): Promise<BenchLine> {
  const port = await findFreePort()
  const vars = { MEDIA_ORIGIN: `http://127.0.0.1:${port}`, DELIVERY_BUCKET_SECONDS: String(bucketSeconds) }
  const edge = await startEdge(vars, await startDatabase())
  const keys = new Map([['KTEST', edge.deliveryPublicKey]])
  const delivery = await startDelivery({ port, keys, siteOrigin: edge.origin, findObject: edge.findObject })
  const db = connectPool({ connectionString: edge.databaseUrl, connectionsMax: 4 })
  const s3 = new S3Client({ endpoint: edge.s3Endpoint, region, credentials })
  const seconds = Array.from({ length: removals }, async (_, n) => {
    await wait((n * bucketSeconds * 1000) / removals)
    return await measureRemoval({ edge, db, s3 })
  })
  const longest = Math.max(...(await Promise.all(seconds)))
  s3.destroy()
  await db.$client.end()
  await delivery.stop()
  await edge.stop()
  return {
    work: `a removed member’s address, the longest of ${removals}, buckets of ${bucketSeconds} s`,
    measure: 's until refused',
    ours: longest,
    oursMax: boundSeconds,
    comparisons: [],
  }
}
