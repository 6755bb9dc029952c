// B6: from the last byte of an upload until its row is ready, through the real event, queues, Lambdas and Postgres of
// the local stack; and how many pictures a minute the pipeline carries, against the decoder alone on the same cores.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { startStack } from '@shoebox/local/stack.ts'
import { createDecoder, type Decoder } from '@shoebox/processor/src/inspect/decoder/decoder-process.ts'
import { makeOwner, reserveUploads, type ReservedUpload } from '@shoebox/processor/test/reserve-uploads.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import { measureWallMs, median, type BenchLine, type BenchRow } from '../bench-row.ts'
import { makePhonePhoto, type Photo } from '../corpus/make-photos.ts'
import { canReadCpu, readWholeCpuMs } from './process-cpu.ts'

const processor = join(import.meta.dirname, '../../apps/processor/src')
const single = 30
const depths = [10, 100, 1000] as const
const rounds = 5
/** As many as the stack runs inspectors. */
const decoders = 2

type Rig = { db: PoolDatabase; s3: S3Client; owner: UserId; photo: Photo; alone: Decoder[]; nextId: number }

async function send({ s3, photo }: Rig, uploads: readonly ReservedUpload[]): Promise<void> {
  // As browsers send it: the signed request binds the checksum.
  const ChecksumSHA256 = createHash('sha256').update(photo.body).digest('base64')
  for (const { key } of uploads) {
    await s3.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: key, Body: photo.body, ChecksumSHA256 }))
  }
}

async function reserve(rig: Rig, count: number): Promise<ReservedUpload[]> {
  const uploads = await reserveUploads(rig.db, rig.owner, rig.photo.body, count, rig.nextId)
  rig.nextId += count
  return uploads
}

/**
 * How long to wait, for each picture that is missing, before it is asked again whether all are ready. Asking often costs
 * what is measured: for many it was a tenth of what is not the decoder. Milliseconds.
 */
const [oneEachMs, manyEachMs] = [2, 10]

async function waitUntilReady({ db }: Rig, count: number, eachMs: number): Promise<void> {
  const deadline = performance.now() + 300_000
  for (;;) {
    const { rows } = await db.$client.query<{ ready: number }>(
      `select count(*)::int as ready from media where state = 'ready'`,
    )
    const missing = count - (rows[0]?.ready ?? 0)
    if (missing <= 0) return
    if (performance.now() > deadline) throw new Error(`${missing} uploads were never ready`)
    await setTimeout(Math.min(250, missing * eachMs))
  }
}

async function decodeAlone({ alone, photo }: Rig, index: number): Promise<void> {
  const decoder = alone[index % alone.length]
  const verdict = await decoder?.decode(
    { type: 'image/jpeg', bytes: photo.body.length, wantsCopy: true },
    async function* () {
      yield photo.body
    },
  )
  if (verdict?.ok !== true) throw new Error('the photo was not decoded')
}

async function measureLatency(rig: Rig): Promise<BenchLine[]> {
  const whole: number[] = []
  const decoding: number[] = []
  for (let round = -3; round < single; round += 1) {
    const uploads = await reserve(rig, 1)
    await send(rig, uploads)
    const ms = await measureWallMs(() => waitUntilReady(rig, rig.nextId - 1, oneEachMs))
    const decodeMs = await measureWallMs(() => decodeAlone(rig, 0))
    // The first few start the functions.
    if (round < 0) continue
    whole.push(ms)
    decoding.push(decodeMs)
  }
  const decodeMs = median(decoding)
  const floor = { against: 'floor: decode + encode alone', value: decodeMs }
  const p95 = whole.toSorted((one, other) => one - other)[Math.floor(whole.length * 0.95)] ?? Number.NaN
  return [
    { work: 'one 12 MP JPEG at a time, p50', measure: 'ms to ready', ours: median(whole), comparisons: [floor] },
    { work: 'one 12 MP JPEG at a time, p95', measure: 'ms to ready', ours: p95, comparisons: [floor] },
    {
      work: 'overhead above decode + encode, p50',
      measure: 'ms',
      ours: median(whole.map((ms, index) => ms - (decoding[index] ?? 0))),
      comparisons: [],
      oursMax: 150,
    },
  ]
}

/** CPU milliseconds so far of every process whose command line says this, ours and whatever they started. */
function readCpuOf(words: string): number {
  return readdirSync('/proc').reduce((sum, pid) => {
    try {
      const isMeant = /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(words)
      return isMeant ? sum + readWholeCpuMs(Number(pid)) : sum
    } catch {
      // It ended after the folder was listed.
      return sum
    }
  }, 0)
}

/** Of the inspectors of this clone, their decoders and those of the floor. */
const readInspectionCpuMs = (): number =>
  readCpuOf(join(processor, 'inspect.lambda.ts')) + readCpuOf(join(processor, 'inspect/decoder'))

type Pipeline = { pause(): Promise<void>; resume(): void }
type Turn = { readonly ms: number; readonly cpuMs: number }

/** Runs the work, and reads what the inspections of both sides take of the CPU meanwhile. */
async function take(work: () => Promise<void>): Promise<Turn> {
  const startCpuMs = canReadCpu ? readInspectionCpuMs() : 0
  const ms = await measureWallMs(work)
  return { ms, cpuMs: canReadCpu ? readInspectionCpuMs() - startCpuMs : 0 }
}

/** The same pictures through the pipeline, where all are waiting, and through the decoders alone. */
async function runBoth(rig: Rig, depth: number, pipeline: Pipeline): Promise<{ ours: Turn; alone: Turn }> {
  await pipeline.pause()
  await send(rig, await reserve(rig, depth))
  const ours = await take(async () => {
    pipeline.resume()
    await waitUntilReady(rig, rig.nextId - 1, manyEachMs)
  })
  const alone = await take(async () => {
    const decodeLane = async (lane: number) => {
      for (let index = lane; index < depth; index += rig.alone.length) await decodeAlone(rig, lane)
    }
    await Promise.all(rig.alone.map((_, lane) => decodeLane(lane)))
  })
  return { ours, alone }
}

async function measureThroughput(rig: Rig, depth: number, pipeline: Pipeline): Promise<BenchLine[]> {
  const turns: Awaited<ReturnType<typeof runBoth>>[] = []
  for (let round = 0; round < (depth > 100 ? 1 : rounds); round += 1) turns.push(await runBoth(rig, depth, pipeline))
  const middle = (read: (turn: (typeof turns)[number]) => number) => median(turns.map(read))
  const work = `${depth} JPEGs of 12 MP waiting`
  const aMinute = ({ ms }: Turn) => (depth / ms) * 60_000
  const strict: BenchLine = {
    work,
    measure: 'pictures a minute',
    ours: middle(({ ours }) => aMinute(ours)),
    comparisons: [{ against: 'floor: the decoder alone', value: middle(({ alone }) => aMinute(alone)), ratioMin: 0.8 }],
  }
  if (!canReadCpu) return [strict]
  // What a Lambda pays for, where S3, SQS and Postgres run on somebody else's cores. Beside the target, not in its place.
  const lambda: BenchLine = {
    work: `${work}, without the CPU of the local S3, SQS and Postgres`,
    measure: 'CPU ms a picture, inspector and decoder',
    ours: middle(({ ours }) => ours.cpuMs / depth),
    comparisons: [{ against: 'floor: the decoder alone', value: middle(({ alone }) => alone.cpuMs / depth) }],
  }
  return [strict, lambda]
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const stack = await startStack({ parts: ['postgres', 's3', 'sqs', 'lambdas'] })
  const db = connectPool({ connectionString: stack.postgres.url })
  const s3 = new S3Client({ endpoint: stack.s3.endpoint, region: stack.region, credentials: stack.credentials })
  const entry = new URL('../../apps/processor/src/inspect/decoder/decoder.child.ts', import.meta.url)
  const alone = Array.from({ length: decoders }, () => createDecoder({ entry, env: { MALLOC_ARENA_MAX: '2' } }))
  try {
    const rig: Rig = { db, s3, owner: await makeOwner(db), photo: await makePhonePhoto(4000, 3000), alone, nextId: 1 }
    say(`${single} uploads, one after another`)
    const lines = await measureLatency(rig)
    const pipeline = { pause: () => stack.lambdas.pause('inspect'), resume: () => stack.lambdas.resume('inspect') }
    // One upload after another is handled by one function and decoded by one process: here the others start.
    await runBoth(rig, 4 * decoders, pipeline)
    for (const depth of depths) {
      say(`${depth} uploads waiting`)
      lines.push(...(await measureThroughput(rig, depth, pipeline)))
    }
    return lines
  } finally {
    for (const decoder of alone) decoder.stop()
    s3.destroy()
    await db.$client.end()
    await stack.stop()
  }
}

export const row: BenchRow = { id: 'B6', name: 'pipeline', title: 'from the last byte to a ready row', run }
