// B1: one picture into thumb, tile, preview, thumbhash and dominant colour. CPU time of the whole process, and the peak
// memory of a process that did nothing else.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeImage } from '@shoebox/processor/src/inspect/decoder/decode-image.ts'
import { measureCpuMs, measureInTurns, type BenchLine, type BenchRow } from '../bench-row.ts'
import { makePhotoCorpus, type Photo } from '../corpus/make-photos.ts'
import {
  renderFromOneDecode,
  renderFromOneHeif,
  renderLikeImmich,
  renderLikeImmichOnce,
  renderPerOutput,
} from './images-peers.ts'

const folder = mkdtempSync(join(tmpdir(), 'shoebox-bench-'))

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const photos = await makePhotoCorpus()
  const hasVips = spawnSync('vipsthumbnail', ['--version']).status === 0
  const lines: BenchLine[] = []
  for (const photo of photos) {
    say(photo.name)
    lines.push(await measurePhoto(photo, hasVips))
  }
  lines.push(...addUp(lines), ...photos.map(measureMemory))
  say('soak: 200 photos of 12 and 24 MP')
  lines.push(measureSoak(photos))
  rmSync(folder, { recursive: true })
  return lines
}

type Way = { readonly against: string; readonly render: () => Promise<number> }

const immichName = 'peer: Immich’s outputs, a decode each'
const floorName = 'floor: one decode + encodes'
const vipsName = 'floor: vipsthumbnail per output'

/** Of the whole corpus: what one picture costs beside another's way depends on which work it is that it has most of. */
const ratioMaxOf: Readonly<Record<string, number>> = { [immichName]: 0.5, [floorName]: 1.15, [vipsName]: 0.55 }

const waysOfSharp = (body: Buffer): Way[] => [
  { against: immichName, render: () => measureCpuMs(() => renderLikeImmichOnce(body)) },
  { against: 'peer: Immich today, one decode', render: () => measureCpuMs(() => renderLikeImmich(body)) },
  { against: 'peer: a pipeline per output', render: () => measureCpuMs(() => renderPerOutput(body)) },
  { against: floorName, render: () => measureCpuMs(() => renderFromOneDecode(body)) },
]

/** sharp, and so every peer that is made with it, reads no pixels of it. */
const isReadByPeers = ({ type }: Photo): boolean => type !== 'image/heic'

const waysOfHeif = (body: Buffer): Way[] => [
  { against: floorName, render: () => measureCpuMs(() => renderFromOneHeif(body)) },
]

async function measurePhoto(photo: Photo, hasVips: boolean): Promise<BenchLine> {
  const { name, type, body } = photo
  const ways = isReadByPeers(photo) ? waysOfSharp(body) : waysOfHeif(body)
  const file = join(folder, 'photo')
  writeFileSync(file, body)
  // The distribution's libvips reads no AVIF where its HEIF plug-in is missing.
  if (hasVips && vipsReads(file)) ways.push({ against: vipsName, render: async () => measureVipsthumbnail(file) })
  const ours = () => measureCpuMs(async () => decodeImage(body, type))
  const [oursMs = 0, ...theirs] = await measureInTurns([ours, ...ways.map(({ render }) => render)])
  const comparisons = ways.map(({ against }, n) => ({ against, value: theirs[n] ?? 0 }))
  return { work: name, measure: 'CPU ms', ours: oursMs, comparisons }
}

/** Each picture once: of those that all ways read. */
function addUp(lines: readonly BenchLine[]): BenchLine[] {
  const all = lines.filter(({ comparisons }) => comparisons.length === lines[0]?.comparisons.length)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const perSecond = (cpuMs: number) => (all.length / cpuMs) * 1000
  const work = `all ${all.length} together`
  const ours = sum(all.map((line) => line.ours))
  const theirs = (lines[0]?.comparisons ?? []).map(({ against }, index) => {
    const value = sum(all.map(({ comparisons }) => comparisons[index]?.value ?? 0))
    const ratioMax = ratioMaxOf[against]
    return ratioMax === undefined ? { against, value } : { against, value, ratioMax }
  })
  return [
    { work, measure: 'CPU ms', ours, comparisons: theirs },
    {
      work,
      measure: 'images per CPU second',
      ours: perSecond(ours),
      comparisons: theirs.map(({ against, value }) => ({ against, value: perSecond(value) })),
    },
  ]
}

const vipsOutputs = [
  '640x640 tile [Q=76,effort=2]',
  '320x320 thumb [Q=72,effort=2]',
  '1600x1600 preview [Q=80,effort=2]',
]

function vipsReads(file: string): boolean {
  return spawnSync('vipsthumbnail', [file, '--size', '320x320', '-o', `${folder}/probe.webp`]).status === 0
}

/** User and system seconds of the runs, as the shell's `times` counts them for its children. */
function measureVipsthumbnail(file: string): number {
  const runs = vipsOutputs.map((output) => {
    const [size, name, options] = output.split(' ')
    return `vipsthumbnail '${file}' --size ${size} -o '${folder}/${name}.webp${options}'`
  })
  const printed = execFileSync('bash', ['-c', `${runs.join(' && ')} && times`], { encoding: 'utf8' })
  const [user = '', system = ''] = (printed.trim().split('\n').at(-1) ?? '').split(' ')
  return (readSeconds(user) + readSeconds(system)) * 1000
}

/** `0m1.234s` */
function readSeconds(text: string): number {
  const [minutes = '0', seconds = '0'] = text.replace('s', '').split('m')
  return Number(minutes) * 60 + Number(seconds)
}

const child = join(import.meta.dirname, 'images-memory.child.ts')

function measurePeakMb(way: 'ours' | 'immich' | 'per-output', rounds: number, ...photos: Photo[]): number {
  const files = photos.map(({ body, type }, index) => {
    const file = join(folder, `memory-${index}`)
    writeFileSync(file, body)
    return `${type}:${file}`
  })
  const printed = execFileSync(process.execPath, [child, way, String(rounds), ...files], {
    encoding: 'utf8',
    env: { MALLOC_ARENA_MAX: '2' },
  })
  return Number(printed)
}

const memoryPeers = [
  { against: 'peer: Immich today, one decode', way: 'immich' },
  { against: 'peer: a pipeline per output', way: 'per-output' },
] as const

const measureMemory = (photo: Photo): BenchLine => ({
  work: photo.name,
  measure: 'peak RSS MB',
  ours: measurePeakMb('ours', 1, photo),
  comparisons: (isReadByPeers(photo) ? memoryPeers : []).map(({ against, way }) => ({
    against,
    value: measurePeakMb(way, 1, photo),
  })),
})

const measureSoak = (photos: readonly Photo[]): BenchLine => ({
  work: '200 baseline JPEGs of 12 and 24 MP',
  measure: 'peak RSS MB',
  ours: measurePeakMb('ours', 100, ...photos.filter(({ name }) => name === 'JPEG 12 MP' || name === 'JPEG 24 MP')),
  comparisons: [],
  oursMax: 300,
})

export const row: BenchRow = { id: 'B1', name: 'images', title: 'images into everything people are shown', run }
