// Parts over real connections that break, read back by another author's unzipper.
import { createHash, randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { startFileFront, type FileFront, type Served } from '../../test/file-front.ts'
import { readZip } from '@shoebox/testing/read-zip.ts'
import { PartBroken } from './download-faults.ts'
import type { Part, PlannedFile } from './download-part.ts'
import type { SignedAnswer } from './signatures.ts'
import { streamPart, type StreamDeps } from './stream-part.ts'

let front: FileFront
afterEach(() => front.stop())

const idOf = (i: number): MediaId => numberedId('media', i + 1)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes)

type World = {
  readonly files: readonly Served[]
  readonly sign?: (ids: readonly MediaId[], answer: SignedAnswer) => SignedAnswer
  readonly deps?: Partial<StreamDeps>
  readonly signal?: AbortSignal
}

async function startPart({ files, sign, deps, signal }: World) {
  front = await startFileFront(new Map(files.map((file, i) => [`/${idOf(i)}`, file])))
  const signedFor: (readonly MediaId[])[] = []
  const planned = files.map(({ bytes }, i): PlannedFile => ({
    mediaId: idOf(i),
    name: `${i}.jpg`,
    bytes: bytes.length,
    localTime: '2019-07-03T18:30:10',
    takenAt: '2019-07-03T18:30:10',
  }))
  const part: Part = {
    downloadId: 'd',
    number: 1,
    userId: numberedId('user', 1),
    title: 'Sea',
    fileName: 'Sea.zip',
    begunAtMs: 0,
    state: 'running',
    files: planned,
    bytes: 0,
    failures: [],
  }
  let handedOn = 0
  const streamed = streamPart(
    {
      fetch,
      wait: () => Promise.resolve(),
      isSiteUp: () => Promise.resolve(true),
      passGate: () => Promise.resolve(),
      onOffline: () => undefined,
      onBytes: (count) => (handedOn += count),
      random: () => 0.5,
      nowMs: Date.now,
      signData: () => Promise.resolve(`${front.origin}/data`),
      signMany: (ids) => {
        signedFor.push(ids)
        const expiresAt = new Date(Date.now() + 900_000).toISOString()
        const items = ids.map(
          (mediaId) =>
            ({ mediaId, url: `${front.origin}/${mediaId}`, expiresAt, form: 'original', sha256: null }) as const,
        )
        const answer = { items, refused: [] }
        return Promise.resolve(sign?.(ids, answer) ?? answer)
      },
      ...deps,
    },
    part,
    signal ?? new AbortController().signal,
  )
  return { ...streamed, part, signedFor, handedOn: () => handedOn }
}

async function saveAll(world: World) {
  const started = await startPart(world)
  const [body, outcome] = await Promise.all([new Response(started.zip).bytes(), started.ended])
  const entries = await readZip(Buffer.from(body))
  const manifest = JSON.parse(entries.at(-1)!.bytes.toString()) as {
    isComplete: boolean
    files: { name: string; sha256: string; bytes: number; itemId: string; takenAt: string; form: string }[]
    failed: { name: string; reason: string; bytesInZip: number }[]
  }
  return { ...started, body, outcome, entries, manifest }
}

test('a zip holds every file byte by byte, with its date, and last a manifest with its checksum', async () => {
  const files = [randomBytes(300_000), Buffer.alloc(0), randomBytes(70_001)].map((bytes) => ({ bytes }))
  const { entries, manifest, handedOn } = await saveAll({ files })
  expect(entries.map(({ name }) => name)).toEqual(['0.jpg', '1.jpg', '2.jpg', 'manifest-1.json'])
  for (const [i, { bytes }] of files.entries()) {
    expect(entries[i]!.bytes.equals(bytes)).toBe(true)
    expect(entries[i]!.isStored).toBe(true)
    expect(entries[i]!.date).toEqual(new Date(2019, 6, 3, 18, 30, 10))
    expect(manifest.files[i]).toEqual({
      name: `${i}.jpg`,
      bytes: bytes.length,
      sha256: sha256(bytes).digest('hex'),
      takenAt: '2019-07-03T18:30:10',
      itemId: idOf(i),
      form: 'original',
    })
  }
  expect(manifest).toMatchObject({ isComplete: true, failed: [] })
  expect(handedOn()).toBe(370_001)
})

test('a connection that is cut goes on by Range where it stopped, as often as it is cut', async () => {
  const bytes = randomBytes(500_000)
  const { entries, outcome } = await saveAll({ files: [{ bytes, cuts: [0, 100_000, 1, 250_000] }] })
  expect(entries[0]!.bytes.equals(bytes)).toBe(true)
  expect(outcome.failures).toEqual([])
  const starts = front.asked.map((asked) => Number(/bytes=(\d+)-/.exec(asked)?.[1] ?? 0))
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  expect(starts.at(-1)).toBeGreaterThan(300_000)
})

test('where the server takes no notice of the range, what is known already is read over', async () => {
  const bytes = randomBytes(400_000)
  const { entries } = await saveAll({ files: [{ bytes, cuts: [150_000], ignoresRange: true }] })
  expect(entries[0]!.bytes.equals(bytes)).toBe(true)
})

test('an address that is refused is asked for anew, in the middle of a file too', async () => {
  const bytes = randomBytes(200_000)
  const { entries, signedFor } = await saveAll({
    files: [
      { bytes, statuses: [403], cuts: [90_000] },
      { bytes, statuses: [403] },
    ],
  })
  expect(entries[0]!.bytes.equals(bytes) && entries[1]!.bytes.equals(bytes)).toBe(true)
  expect(signedFor.length).toBe(3)
})

test('what cannot be had is listed with its reason, and the others are whole', async () => {
  const bytes = randomBytes(50_000)
  const good: Served = { bytes }
  let changes = 0
  const sum = sha256(bytes).digest('base64')
  const { entries, outcome, manifest } = await saveAll({
    files: [
      good,
      { bytes, statuses: [404] },
      good,
      { bytes, isBroken: true },
      good,
      { bytes, cuts: [20_000], etag: () => `"${(changes += 1)}"` },
      { bytes: randomBytes(50_000) },
      good,
      { bytes, statuses: [403, 403] },
    ],
    sign: (_ids, { items }) => ({
      items: items.filter(({ mediaId }) => mediaId !== idOf(2)).map((item) => ({ ...item, sha256: sum })),
      refused: [{ mediaId: idOf(2), code: 'no_copy' }],
    }),
  })
  const reasons = {
    '1.jpg': 'gone',
    '2.jpg': 'no_copy',
    '3.jpg': 'unreadable',
    '5.jpg': 'changed',
    '6.jpg': 'checksum',
    '8.jpg': 'gone',
  }
  expect(Object.fromEntries(outcome.failures.map(({ name, reason }) => [name, reason]))).toEqual(reasons)
  expect(Object.fromEntries(manifest.failed.map(({ name, reason }) => [name, reason]))).toEqual(reasons)
  expect(manifest.isComplete).toBe(false)
  expect(manifest.files.map(({ name }) => name)).toEqual(['0.jpg', '4.jpg', '7.jpg'])
  // What broke off midway keeps its place, and the manifest says how much of it there is.
  const names = entries.map(({ name }) => name)
  expect(names).toEqual(['0.jpg', '4.jpg', '5.jpg', '6.jpg', '7.jpg', 'manifest-1.json'])
  expect(entries[2]!.bytes.length).toBe(manifest.failed.find(({ name }) => name === '5.jpg')!.bytesInZip)
  for (const whole of manifest.files) expect(entries[names.indexOf(whole.name)]!.bytes.equals(bytes)).toBe(true)
})

test('signatures are asked for a hundred at a time', async () => {
  const files = Array.from({ length: 230 }, () => ({ bytes: randomBytes(10) }))
  const { entries, signedFor } = await saveAll({ files })
  expect(entries.length).toBe(231)
  expect(signedFor.map((ids) => ids.length)).toEqual([100, 100, 30])
})

test('while the site itself does not answer, it waits, and no file is to blame', async () => {
  const file: Served = { bytes: randomBytes(1000), isBroken: true }
  let looks = 0
  const told: boolean[] = []
  const { outcome, entries } = await saveAll({
    files: [file],
    deps: {
      onOffline: (isOffline) => told.push(isOffline),
      isSiteUp: () => {
        looks += 1
        if (looks === 5) file.isBroken = false
        return Promise.resolve(looks >= 5)
      },
    },
  })
  expect(outcome.failures).toEqual([])
  expect(entries[0]!.bytes.equals(file.bytes)).toBe(true)
  expect(told).toEqual([true, false])
})

test('a part breaks, and lists nothing, when no file can be read at all', async () => {
  const files = Array.from({ length: 5 }, () => ({ bytes: randomBytes(10), isBroken: true }))
  const { zip, ended } = await startPart({ files })
  const read = new Response(zip).bytes()
  await expect(ended).rejects.toBeInstanceOf(PartBroken)
  await expect(read).rejects.toThrow()
})

test('a session that ended breaks the part at once', async () => {
  const { zip, ended } = await startPart({
    files: [{ bytes: randomBytes(10) }],
    deps: { signMany: () => Promise.reject(new PartBroken('nobody is signed in')) },
  })
  const read = new Response(zip).bytes()
  await expect(ended).rejects.toThrow('nobody is signed in')
  await expect(read).rejects.toThrow()
})

test('what turns out not to fit is left for a part of its own', async () => {
  const files = Array.from({ length: 5 }, () => ({ bytes: randomBytes(100_000) }))
  const { body, entries, outcome, part } = await saveAll({ files, deps: { bytesMax: 320_000 } })
  expect(body.length).toBeLessThanOrEqual(320_000)
  expect(entries.map(({ name }) => name)).toEqual(['0.jpg', '1.jpg', '2.jpg', 'manifest-1.json'])
  expect(outcome.rest).toEqual(part.files.slice(3))
})

test('nothing is read that nobody takes, and stopping cuts the connection', async () => {
  const bytes = randomBytes(40_000_000)
  const { zip, ended, handedOn } = await startPart({ files: [{ bytes }, { bytes }] })
  const reader = zip.getReader()
  while (handedOn() < 100_000) await reader.read()
  const before = handedOn()
  // Whatever would run ahead has all the turns of the loop it wants.
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  expect(handedOn() - before).toBeLessThan(300_000)
  await Promise.all([expect(ended).rejects.toBeInstanceOf(PartBroken), reader.cancel()])
})
