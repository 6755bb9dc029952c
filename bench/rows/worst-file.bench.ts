// B9: the heaviest legal file of each kind in the Lambdas' own processes, held against the memory they have; and files
// made to exhaust or hang them, with what is said of each. Memory is the sum of every process's peak, which is more than
// they ever hold at once. Peer: sharp with its defaults, on the pictures that it reads.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { startS3 } from '@shoebox/local/s3/start-s3.ts'
import { pictureKillers, timedKillers } from '@shoebox/processor/test/killers.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { lambdas } from '../../infra/plan.ts'
import { measureWallMs, median, type BenchLine, type BenchRow } from '../bench-row.ts'
import { worstFiles, type WorstFile } from '../corpus/make-worst.ts'
import { startLambdas } from './worst-file-lambdas.ts'
import type { FileCost } from './worst-file.child.ts'

const run = promisify(execFile)
const child = join(import.meta.dirname, 'worst-file.child.ts')
const peerChild = join(import.meta.dirname, 'images-memory.child.ts')
const shareMax = 0.75

/** MB that the largest allowed file of each kind takes at most, as ADR 11 states it. */
const ceilingMb = {
  'image/jpeg': 1000,
  'image/png': 1500,
  'image/webp': 850,
  'image/gif': 850,
  'image/avif': 1300,
  'image/heic': 800,
  'image/tiff': 1200,
  video: 1600,
  audio: 850,
} as const

function findCeilingMb(type: WorstFile['type']): number {
  const kind = kindOf(type)
  const ceiling = kind === 'image' ? Object.entries(ceilingMb).find(([name]) => name === type)?.[1] : ceilingMb[kind]
  const { memoryMb } = kind === 'image' ? lambdas.inspect : lambdas.video
  if (ceiling === undefined || ceiling > memoryMb * shareMax)
    throw new Error(`no ceiling for ${type}, or no room for it`)
  return ceiling
}

type Rig = {
  readonly endpoint: string
  readonly folder: string
  /** Stores a file as an upload, and returns its key. */
  readonly upload: (body: Buffer) => Promise<string>
}

async function measureWorst({ name, type, make }: WorstFile, { endpoint, folder, upload }: Rig): Promise<BenchLine[]> {
  const body = await make()
  const { stdout } = await run(process.execPath, [child, await upload(body), endpoint])
  const { ms, peakMb, outcome } = JSON.parse(stdout) as FileCost
  const work = `${name}: ${outcome}`
  const comparisons = kindOf(type) === 'image' ? await measurePeer(type, body, join(folder, 'file')) : []
  return [
    { work, measure: 'peak RSS MB', ours: peakMb, oursMax: findCeilingMb(type), mustHold: true, comparisons },
    { work, measure: 'ms', ours: ms, comparisons: [] },
  ]
}

/** Nothing where sharp reads no pixels of it. */
async function measurePeer(type: string, body: Buffer, path: string): Promise<BenchLine['comparisons']> {
  writeFileSync(path, body)
  const printed = await run(process.execPath, [peerChild, 'per-output', '1', `${type}:${path}`]).catch(() => null)
  return printed === null ? [] : [{ against: 'peer: sharp with defaults', value: Number(printed.stdout) }]
}

const rounds = 3

/** Everything that the Lambdas do with one, its way from S3 included, in processes that have started before. */
async function measureKillers({ endpoint, upload }: Rig): Promise<BenchLine[]> {
  const killers = [...pictureKillers, ...timedKillers]
  const { inspect, stop } = startLambdas(endpoint)
  const lines: BenchLine[] = []
  let misjudged = 0
  for (const { name, type, make, isShown } of killers) {
    const key = await upload(await make())
    let outcome = ''
    const times: number[] = []
    for (let round = -1; round < rounds; round += 1) {
      const ms = await measureWallMs(async () => (outcome = await inspect(key)))
      if (round >= 0) times.push(ms)
    }
    if (outcome.startsWith('ready') !== isShown) misjudged += 1
    const work = `${type}: ${name}: ${outcome}`
    lines.push({ work, measure: 'ms', ours: median(times), oursMax: 2000, comparisons: [] })
  }
  stop()
  const work = `all ${killers.length} of these`
  return [...lines, { work, measure: 'misjudged', ours: misjudged, oursMax: 0, mustHold: true, comparisons: [] }]
}

async function runAll(say: (progress: string) => void): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-bench-'))
  const names = [{ name: buckets.incoming }, { name: buckets.media }]
  const s3 = await startS3({ dataDir: folder, buckets: names, sendEvent: async () => {} })
  const client = new S3Client({ endpoint: s3.endpoint, region, credentials })
  let uploads = 0
  const rig: Rig = {
    endpoint: s3.endpoint,
    folder,
    async upload(Body) {
      const Key = incomingKey(numberedId('user', 1), numberedId('media', (uploads += 1)))
      await client.send(new PutObjectCommand({ Bucket: buckets.incoming, Key, Body }))
      return Key
    },
  }
  try {
    const lines: BenchLine[] = []
    for (const file of worstFiles) {
      say(file.name)
      lines.push(...(await measureWorst(file, rig)))
    }
    say('files made to hang or exhaust')
    return [...lines, ...(await measureKillers(rig))]
  } finally {
    client.destroy()
    await s3.stop()
    rmSync(folder, { recursive: true })
  }
}

export const row: BenchRow = { id: 'B9', name: 'worst-file', title: 'the worst file of each kind', run: runAll }
