// B9: the heaviest legal file of each kind in the Lambda's own processes, held against the memory they have; and files
// made to exhaust or hang them. Memory is the sum of every process's peak, which is more than they ever hold at once.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectType } from '@shoebox/processor/src/inspect/detect-type.ts'
import { RangedTokenizer } from '@shoebox/processor/src/inspect/ranged-tokenizer.ts'
import { createDecoder } from '@shoebox/processor/src/inspect/decoder/decoder-process.ts'
import { isDecodable } from '@shoebox/processor/src/inspect/decoder/picture.ts'
import { createReader } from '@shoebox/processor/src/video/reader/reader-process.ts'
import { pictureKillers, timedKillers, type Killer } from '@shoebox/processor/test/killers.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import { isTimed } from '@shoebox/shared/messages/video.schema.ts'
import { lambdas } from '../../infra/plan.ts'
import { measureWallMs, median, type BenchLine, type BenchRow } from '../bench-row.ts'
import { worstFiles, type WorstFile } from '../corpus/make-worst.ts'
import type { FileCost } from './worst-file.child.ts'

const child = join(import.meta.dirname, 'worst-file.child.ts')
const shareMax = 0.75

/** MB that the largest allowed file of each kind takes at most, as ADR 11 states it. */
const ceilingMb = {
  'image/jpeg': 950,
  'image/png': 1400,
  'image/webp': 850,
  'image/gif': 850,
  'image/avif': 1200,
  'image/heic': 800,
  'image/tiff': 1100,
  video: 500,
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

async function measureWorst({ name, type, make }: WorstFile, folder: string): Promise<BenchLine[]> {
  const path = join(folder, 'file')
  writeFileSync(path, await make())
  const printed = execFileSync(process.execPath, [child, type, path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const { ms, peakMb, outcome } = JSON.parse(printed) as FileCost
  const work = `${name}: ${outcome}`
  return [
    { work, measure: 'peak RSS MB', ours: peakMb, oursMax: findCeilingMb(type), comparisons: [] },
    { work, measure: 'ms', ours: ms, comparisons: [] },
  ]
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
  for (const file of worstFiles) {
    say(file.name)
    lines.push(...(await measureWorst(file, folder)))
  }
  rmSync(folder, { recursive: true })
  say('files made to hang or exhaust')
  return [...lines, ...(await measureKillers())]
}

export const row: BenchRow = { id: 'B9', name: 'worst-file', title: 'the worst file of each kind', run }
