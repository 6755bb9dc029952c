// B9: the heaviest legal file of each kind in the Lambda's own processes, held against the memory they have; and files
// made to exhaust or hang them. Memory is the sum of every process's peak, which is more than they ever hold at once.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { startS3, type S3 } from '@shoebox/local/s3/start-s3.ts'
import { detectType } from '@shoebox/processor/src/inspect/detect-type.ts'
import { RangedTokenizer } from '@shoebox/processor/src/inspect/ranged-tokenizer.ts'
import { createDecoder } from '@shoebox/processor/src/inspect/decoder/decoder-process.ts'
import { isDecodable } from '@shoebox/processor/src/inspect/decoder/picture.ts'
import { createReader } from '@shoebox/processor/src/video/reader/reader-process.ts'
import { pictureKillers, timedKillers, type Killer } from '@shoebox/processor/test/killers.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import { isTimed } from '@shoebox/shared/messages/video.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { lambdas } from '../../infra/plan.ts'
import { measureWallMs, median, type BenchLine, type BenchRow } from '../bench-row.ts'
import { worstFiles, type WorstFile } from '../corpus/make-worst.ts'
import type { FileCost } from './worst-file.child.ts'

const child = join(import.meta.dirname, 'worst-file.child.ts')
const shareMax = 0.75

/** MB that the largest allowed file of each kind takes at most, as ADR 11 states it. */
const ceilingMb = {
  'image/jpeg': 1000,
  'image/png': 1400,
  'image/webp': 850,
  'image/gif': 850,
  'image/avif': 1300,
  'image/heic': 800,
  'image/tiff': 1200,
  video: 1600,
  audio: 700,
} as const

function findCeilingMb(type: WorstFile['type']): number {
  const kind = kindOf(type)
  const ceiling = kind === 'image' ? Object.entries(ceilingMb).find(([name]) => name === type)?.[1] : ceilingMb[kind]
  const { memoryMb } = kind === 'image' ? lambdas.inspect : lambdas.video
  if (ceiling === undefined || ceiling > memoryMb * shareMax)
    throw new Error(`no ceiling for ${type}, or no room for it`)
  return ceiling
}

async function measureWorst({ name, type, make }: WorstFile, folder: string, s3: S3): Promise<BenchLine[]> {
  const body = await make()
  const place = isTimed(type) ? await upload(s3, body) : [join(folder, 'file')]
  if (!isTimed(type)) writeFileSync(join(folder, 'file'), body)
  const { stdout } = await promisify(execFile)(process.execPath, [child, type, ...place])
  const { ms, peakMb, outcome } = JSON.parse(stdout) as FileCost
  const work = `${name}: ${outcome}`
  return [
    { work, measure: 'peak RSS MB', ours: peakMb, oursMax: findCeilingMb(type), comparisons: [] },
    { work, measure: 'ms', ours: ms, comparisons: [] },
  ]
}

/** Where the child finds it. */
async function upload({ endpoint }: S3, Body: Buffer): Promise<string[]> {
  const client = new S3Client({ endpoint, region, credentials })
  const Key = incomingKey(numberedId('user', 1), numberedId('media', 1))
  await client.send(new PutObjectCommand({ Bucket: buckets.incoming, Key, Body }))
  client.destroy()
  return [Key, endpoint]
}

const sources = new URL('../../apps/processor/src/', import.meta.url)
const rounds = 3

async function measureKillers(): Promise<BenchLine[]> {
  const decoder = createDecoder({ entry: new URL('inspect/decoder/decoder.child.ts', sources), env: {} })
  const reader = createReader({ entry: new URL('video/reader/reader.child.ts', sources), env: {} })
  async function meet(type: Killer['type'], file: Buffer): Promise<void> {
    const tokenizer = new RangedTokenizer(file.length, async (from, to) => file.subarray(from, to + 1))
    if (!(await detectType(tokenizer)).ok) return
    if (isTimed(type)) await reader.read({ type, bytes: file.length }, async (from, to) => file.subarray(from, to))
    if (isDecodable(type))
      await decoder.decode({ type, bytes: file.length }, async function* () {
        yield file
      })
  }
  const lines: BenchLine[] = []
  for (const { name, type, make } of [...pictureKillers, ...timedKillers]) {
    const file = await make()
    const times: number[] = []
    for (let round = -1; round < rounds; round += 1) {
      const ms = await measureWallMs(() => meet(type, file))
      if (round >= 0) times.push(ms)
    }
    lines.push({ work: `${type}: ${name}`, measure: 'ms', ours: median(times), oursMax: 2000, comparisons: [] })
  }
  decoder.stop()
  reader.stop()
  return lines
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-bench-'))
  const lines: BenchLine[] = []
  const names = [{ name: buckets.incoming }, { name: buckets.media }]
  const s3 = await startS3({ dataDir: folder, buckets: names, sendEvent: async () => {} })
  for (const file of worstFiles) {
    say(file.name)
    lines.push(...(await measureWorst(file, folder, s3)))
  }
  await s3.stop()
  rmSync(folder, { recursive: true })
  say('files made to hang or exhaust')
  return [...lines, ...(await measureKillers())]
}

export const row: BenchRow = { id: 'B9', name: 'worst-file', title: 'the worst file of each kind', run }
