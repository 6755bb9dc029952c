// Bytes that several objects share: whatever happens to one, the others keep theirs, and nothing is left on disk that
// nobody names.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startS3Fixture, type S3Fixture } from './s3-fixture.ts'

const Bucket = 'media'
const MB = 2 ** 20
/** No two of its megabytes are alike. */
const whole = Buffer.alloc(11 * MB + 7, 'every line is another line, said the line. ')
const parts = [whole.subarray(0, 5 * MB), whole.subarray(5 * MB, 10 * MB), whole.subarray(10 * MB)]

let root: string
let dataDir: string
let fixture: S3Fixture
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'shoebox-shared-'))
})
afterAll(() => rmSync(root, { recursive: true }))
beforeEach(async () => {
  dataDir = mkdtempSync(join(root, 's3-'))
  fixture = await startS3Fixture({ dataDir })
})
afterEach(() => fixture.stop())

const filesOnDisk = () => readdirSync(join(dataDir, 'bytes'))
/** What the files take, one that has many names counted once. */
const bytesOnDisk = () => {
  const files = filesOnDisk().map((name) => statSync(join(dataDir, 'bytes', name)))
  return [...new Map(files.map(({ ino, size }) => [ino, size])).values()].reduce((sum, size) => sum + size, 0)
}

const put = (Key: string, Body: Buffer | string) => fixture.client.send(new PutObjectCommand({ Bucket, Key, Body }))
const remove = (Key: string) => fixture.client.send(new DeleteObjectCommand({ Bucket, Key }))
const copy = (from: string, Key: string) =>
  fixture.client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${from}` }))
async function read(Key: string, Range?: string): Promise<Buffer> {
  const { Body } = await fixture.client.send(new GetObjectCommand({ Bucket, Key, Range }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}
const begin = async (Key: string, more = {}) =>
  (await fixture.client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId ?? ''
const sendPart = (Key: string, UploadId: string, PartNumber: number, Body: Buffer) =>
  fixture.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }))
const complete = (Key: string, UploadId: string, etags: readonly (string | undefined)[]) =>
  fixture.client.send(
    new CompleteMultipartUploadCommand({
      Bucket,
      Key,
      UploadId,
      MultipartUpload: { Parts: etags.map((ETag, index) => ({ ETag, PartNumber: index + 1 })) },
    }),
  )

async function sendInParts(Key: string, more = {}): Promise<void> {
  const UploadId = await begin(Key, more)
  const sent = await Promise.all(parts.map((bytes, index) => sendPart(Key, UploadId, index + 1, bytes)))
  await complete(
    Key,
    UploadId,
    sent.map(({ ETag }) => ETag),
  )
}

test('an object in parts stays the files it came in, and is read across them', async () => {
  await sendInParts('film', { ChecksumAlgorithm: 'SHA256' })
  expect(filesOnDisk()).toHaveLength(3)
  expect((await read('film')).equals(whole)).toBe(true)
  for (const [start, end] of [
    [0, 0],
    [5 * MB - 1, 5 * MB],
    [5 * MB, 10 * MB - 1],
    [3, 11 * MB],
    [10 * MB, whole.length - 1],
  ] as const) {
    const bytes = await read('film', `bytes=${start}-${end}`)
    expect(bytes.equals(whole.subarray(start, end + 1)), `${start}-${end}`).toBe(true)
  }
  expect((await read('film', 'bytes=-9')).equals(whole.subarray(-9))).toBe(true)
  await remove('film')
  expect(filesOnDisk()).toEqual([])
})

test('copies of an object and of its parts take no room, and outlive it', async () => {
  await sendInParts('film')
  const copied = await copy('film', 'copy')
  expect(copied.CopyObjectResult?.ETag).toMatch(/^"[0-9a-f]{32}"$/)
  const UploadId = await begin('cut')
  const ranges = [
    [0, 6 * MB],
    [6 * MB + 1, whole.length - 1],
  ] as const
  const pieces = await Promise.all(
    ranges.map(([start, end], index) =>
      fixture.client.send(
        new UploadPartCopyCommand({
          Bucket,
          Key: 'cut',
          UploadId,
          PartNumber: index + 1,
          CopySource: `${Bucket}/film`,
          CopySourceRange: `bytes=${start}-${end}`,
        }),
      ),
    ),
  )
  const etags = pieces.map(({ CopyPartResult }) => CopyPartResult?.ETag)
  expect(new Set(etags).size).toBe(2)
  await complete('cut', UploadId, etags)
  expect(bytesOnDisk()).toBe(whole.length)

  await remove('film')
  await put('copy', 'something else')
  expect((await read('cut')).equals(whole)).toBe(true)
  expect((await read('copy')).toString()).toBe('something else')
  await copy('cut', 'cut-again')
  await remove('cut')
  expect((await read('cut-again')).equals(whole)).toBe(true)
  await remove('cut-again')
  await remove('copy')
  expect(filesOnDisk()).toEqual([])
})

test('a part that was sent twice, left out of the list, or aborted leaves nothing behind', async () => {
  const UploadId = await begin('film')
  await sendPart('film', UploadId, 1, parts[1] ?? whole)
  const first = await sendPart('film', UploadId, 1, parts[0] ?? whole)
  await sendPart('film', UploadId, 2, parts[1] ?? whole)
  await complete('film', UploadId, [first.ETag])
  expect(filesOnDisk()).toHaveLength(1)
  expect((await read('film')).equals(whole.subarray(0, 5 * MB))).toBe(true)

  const other = await begin('other')
  await sendPart('other', other, 1, whole)
  await fixture.client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'other', UploadId: other }))
  expect(filesOnDisk()).toHaveLength(1)
})

test('a reader of what is replaced gets all of the old bytes', async () => {
  await sendInParts('film')
  const { Body } = await fixture.client.send(new GetObjectCommand({ Bucket, Key: 'film' }))
  await put('film', 'new')
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true)
})

test('a start removes bytes that nobody names, and keeps those of objects and open uploads', async () => {
  await put('kept', 'kept')
  const UploadId = await begin('open')
  const part = await sendPart('open', UploadId, 1, Buffer.from('a part'))
  await fixture.s3.stop()
  writeFileSync(join(dataDir, 'bytes', 'half-received'), 'of a server that was killed')
  fixture = await startS3Fixture({ dataDir })
  expect(filesOnDisk()).toHaveLength(2)
  await complete('open', UploadId, [part.ETag])
  expect((await read('open')).toString()).toBe('a part')
  expect((await read('kept')).toString()).toBe('kept')
})

test('a folder from the time when every object was one file is taken over', async () => {
  await put('kept', 'kept')
  const UploadId = await begin('open')
  const part = await sendPart('open', UploadId, 1, Buffer.from('a part'))
  await fixture.s3.stop()
  const database = new DatabaseSync(join(dataDir, 'objects.sqlite'))
  for (const [table, column] of [
    ['objects', 'id'],
    ['parts', 'file_id'],
  ]) {
    database.exec(`alter table ${table} add column ${column} text not null default '';
      update ${table} set ${column} = pieces ->> '$[0].file';
      alter table ${table} drop column pieces`)
  }
  database.close()
  fixture = await startS3Fixture({ dataDir })
  await complete('open', UploadId, [part.ETag])
  expect((await read('open')).toString()).toBe('a part')
  expect((await read('kept')).toString()).toBe('kept')
})
