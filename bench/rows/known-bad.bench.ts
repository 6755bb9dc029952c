// B17: how many copies of a removed picture are known again, how many other pictures are taken for it, what a fingerprint
// costs, and what it costs to hold an upload against everything that was ever removed.
import pg from 'pg'
import sharp from 'sharp'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { migrate } from '@shoebox/db/migrate.ts'
import { settleMany } from '@shoebox/db/stores/outcome-store.ts'
import { startStack } from '@shoebox/local/stack.ts'
import { decodeImage } from '@shoebox/processor/src/inspect/decoder/decode-image.ts'
import { makeFingerprint } from '@shoebox/processor/src/inspect/decoder/make-fingerprint.ts'
import { toPixels } from '@shoebox/processor/src/inspect/decoder/pixels.ts'
import type { DecodableType } from '@shoebox/processor/src/inspect/decoder/picture.ts'
import { derivatives } from '@shoebox/shared/media/derivatives.ts'
import { fingerprintWindows, hashBits } from '@shoebox/shared/media/fingerprint.ts'
import { uuidOf } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { askFingerprint, isAlike, knowFingerprint } from '@shoebox/testing/compare-fingerprints.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { paintDistinct } from '@shoebox/testing/samples/distinct-pictures.ts'
import { makeReadyOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { pictureCopies, type Copy } from '@shoebox/testing/samples/picture-copies.ts'
import { makePhonePhoto } from '../corpus/make-photos.ts'
import { measureCpuMs, measureInTurns, measureWallMs, type BenchLine, type BenchRow } from '../bench-row.ts'

/** So many make 200,000 pairs of one that was removed and one that is uploaded. */
const picturesCount = 450
/** Of so many of them every copy is made. */
const copiedCount = 150
/** Large enough for every window to be averaged from several pixels a cell. */
const sidePx = 320
const removedCount = 100_000
const batchSize = 10

const shareMin: Record<Copy['kind'], number> = { 're-encoded or resized': 0.99, mirrored: 0.95, cropped: 0.7 }

async function fingerprintOf(file: Buffer): Promise<string | null> {
  const { format } = await sharp(file).metadata()
  const type: DecodableType = `image/${format === 'heif' ? 'avif' : (format as 'jpeg' | 'png' | 'webp')}`
  const verdict = await decodeImage(Buffer.from(file), type)
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  return verdict.value.fingerprint
}

type Picture = { readonly file: Buffer; readonly fingerprint: string | null }

async function paintAll(say: (progress: string) => void): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (let nth = 0; nth < picturesCount; nth += 1) {
    if (nth % 50 === 0) say(`picture ${nth} of ${picturesCount}`)
    const file = await paintDistinct(nth, sidePx).png({ compressionLevel: 1 }).toBuffer()
    pictures.push({ file, fingerprint: await fingerprintOf(file) })
  }
  return pictures
}

/** A picture without a fingerprint is one whose copies are not found: it counts as missed. */
async function measureCopy(copy: Copy, pictures: readonly Picture[]): Promise<number> {
  let found = 0
  for (const [nth, { file, fingerprint }] of pictures.entries()) {
    const again = await fingerprintOf(await copy.make(file, nth))
    if (fingerprint !== null && again !== null && isAlike(knowFingerprint(fingerprint), askFingerprint(again)))
      found += 1
  }
  return (100 * found) / pictures.length
}

async function measureCopies(pictures: readonly Picture[], say: (progress: string) => void): Promise<BenchLine[]> {
  const lines: BenchLine[] = []
  for (const copy of pictureCopies) {
    say(copy.name)
    lines.push({
      work: `${copy.kind}: ${copy.name}`,
      measure: '% found',
      ours: await measureCopy(copy, pictures),
      comparisons: [{ against: 'all of them', value: 100, ratioMin: shareMin[copy.kind] }],
    })
  }
  return lines
}

function measurePairs(pictures: readonly Picture[]): BenchLine {
  const fingerprints = pictures.flatMap(({ fingerprint }) => fingerprint ?? [])
  const known = fingerprints.map(knowFingerprint)
  const asked = fingerprints.map(askFingerprint)
  let wrong = 0
  for (const [one, itself] of known.entries())
    for (const [other, upload] of asked.entries()) if (one !== other && isAlike(itself, upload)) wrong += 1
  const pairs = known.length * (known.length - 1)
  return {
    work: `${pairs.toLocaleString('en')} pairs of a removed picture and another one`,
    measure: 'false matches per 100,000 pairs',
    ours: (wrong / pairs) * 100_000,
    oursMax: 1,
    comparisons: [],
  }
}

/** The fingerprint of a phone's photo, beside everything else that is made of it. */
async function measureCost(): Promise<BenchLine> {
  const { body } = await makePhonePhoto(4000, 3000)
  const { boxPx } = derivatives.thumb
  const thumb = await toPixels(sharp(body).resize(boxPx, boxPx, { fit: 'inside' }))
  const times = 20
  const fingerprint = async () =>
    (await measureCpuMs(async () => {
      for (let time = 0; time < times; time += 1) makeFingerprint(thumb)
    })) / times
  const all = () => measureCpuMs(() => decodeImage(Buffer.from(body), 'image/jpeg'))
  const [ours = 0, whole = 0] = await measureInTurns([fingerprint, all])
  return {
    work: 'fingerprint of a JPEG of 12 MP',
    measure: 'CPU ms',
    ours,
    comparisons: [{ against: 'everything that is made of it', value: whole, ratioMax: 0.05 }],
  }
}

/** Hashes as uneven as those of the pictures, whose windows differ from the whole as theirs do. */
function inventFingerprints(pictures: readonly Picture[]): () => string {
  const digits = hashBits / 4
  const wholes = pictures.flatMap(({ fingerprint }) => fingerprint?.slice(0, digits) ?? [])
  const shares = Array.from({ length: hashBits }, (_, bit) => {
    const isSet = (whole: string) => (Number.parseInt(whole[bit >> 2] ?? '0', 16) >> (3 - (bit & 3))) & 1
    return wholes.reduce((sum, whole) => sum + isSet(whole), 0) / wholes.length
  })
  const write = (bit: (nth: number) => number) =>
    Array.from({ length: digits }, (_, at) =>
      ((bit(at * 4) << 3) | (bit(at * 4 + 1) << 2) | (bit(at * 4 + 2) << 1) | bit(at * 4 + 3)).toString(16),
    ).join('')
  return () => {
    const whole = shares.map((share) => Number(Math.random() < share))
    const changed = (nth: number) => (whole[nth] ?? 0) ^ Number(Math.random() < (nth < 128 ? 0.12 : 0.35))
    return fingerprintWindows.map((_, window) => write(window === 0 ? (nth) => whole[nth] ?? 0 : changed)).join('')
  }
}

async function removeMany(url: string, invent: () => string): Promise<void> {
  // Without the time limit of a persister's statements: an index over so many takes longer.
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ indexdef: string }>(
    `select indexdef from pg_indexes where indexname = 'known_bad_keys'`,
  )
  await client.query('drop index known_bad_keys')
  for (let at = 0; at < removedCount; at += 1000) {
    const fingerprints = Array.from({ length: 1000 }, invent)
    await client.query(
      `insert into known_bad (media_id, kind, sha256, hashes, keys, added_by, added_at)
       select gen_random_uuid(), 'image', gen_random_uuid(), ('x' || hashes)::bit varying, keys::int[], gen_random_uuid(), $3
       from unnest($1::text[], $2::text[]) as removed (hashes, keys)`,
      [fingerprints, fingerprints.map((one) => `{${[...knowFingerprint(one).keys].join(',')}}`), new Date(0)],
    )
  }
  await client.query(rows[0]?.indexdef ?? '')
  await client.query('analyze known_bad')
  await client.end()
}

const owner = numberedId('user', 1)

const makeOutcome = (n: number, fingerprint: string) =>
  makeReadyOutcome(owner, numberedId('media', n), { sha256: `${n}`, fingerprint })

/** Milliseconds for each upload of a batch that is settled. */
async function settleBatch(db: PoolDatabase, invent: () => string): Promise<number> {
  await db.$client.query('truncate media cascade')
  const ids = Array.from({ length: batchSize }, (_, n) => numberedId('media', n))
  await db.$client.query(
    `insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, state, incoming_key, created_at)
     select id, $2, gen_random_uuid(), 0, 'photo.jpg', 'image/jpeg', 1000, 'reserved', key, $3
     from unnest($1::uuid[], $4::text[]) as rows (id, key)`,
    [ids.map(uuidOf), uuidOf(owner), new Date(0), ids.map((id) => incomingKey(owner, id))],
  )
  const outcomes = ids.map((_, n) => makeOutcome(n, invent()))
  return (await measureWallMs(() => settleMany(db, outcomes, Date.now()))) / batchSize
}

async function measureMatching(pictures: readonly Picture[]): Promise<BenchLine> {
  const stack = await startStack({ parts: ['postgres'] })
  const invent = inventFingerprints(pictures)
  await migrate(stack.postgres.url)
  const db = connectPool({ connectionString: stack.postgres.url })
  try {
    await db.$client.query(
      `insert into users (id, email, name, password_hash, email_verified_at, created_at) values ($1, 'a@b.example', 'A', '-', $2, $2)`,
      [uuidOf(owner), new Date(0)],
    )
    const [without = 0] = await measureInTurns([() => settleBatch(db, invent)])
    await removeMany(stack.postgres.url, invent)
    const [ours = 0] = await measureInTurns([() => settleBatch(db, invent)])
    return {
      work: `an upload settled, ${removedCount.toLocaleString('en')} pictures removed before`,
      measure: 'ms',
      ours,
      oursMax: 100,
      comparisons: [{ against: 'none removed before', value: without }],
    }
  } finally {
    await db.$client.end()
    await stack.stop()
  }
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const pictures = await paintAll(say)
  const copies = await measureCopies(pictures.slice(0, copiedCount), say)
  say('pairs')
  const pairs = measurePairs(pictures)
  say('cost')
  const cost = await measureCost()
  say('matching')
  return [...copies, pairs, cost, await measureMatching(pictures)]
}

export const row: BenchRow = { id: 'B17', name: 'known-bad', title: 'copies of removed pictures, known again', run }
