import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { makeOrientedJpeg, openScene } from '@shoebox/testing/samples/pictures.ts'
import { stripPicture } from '../copy/strip-picture.ts'
import { createDecoder, type Decoder, type DecoderOptions } from './decoder-process.ts'

const entry = new URL('./decoder.child.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'shoebox-decoder-'))
const decoders: Decoder[] = []

function start(options: Partial<DecoderOptions> = {}): Decoder {
  const decoder = createDecoder({ entry, env: {}, ...options })
  decoders.push(decoder)
  return decoder
}

afterAll(() => {
  for (const decoder of decoders) decoder.stop()
  rmSync(folder, { recursive: true })
})

const yielding = (file: Buffer, chunkBytes = 1000) =>
  async function* () {
    for (let at = 0; at < file.length; at += chunkBytes) yield file.subarray(at, at + chunkBytes)
  }

const jpegJob = (file: Buffer) => ({ type: 'image/jpeg', bytes: file.length }) as const

/** A decoder written for one test, by what it does with a picture. */
function childThat(script: string): URL {
  const file = join(folder, `${randomUUID()}.mjs`)
  writeFileSync(file, `process.stdin.resume(); process.on('message', () => { ${script} }); process.send('ready')`)
  return pathToFileURL(file)
}

test('decodes one picture after another in the same process, in order', async () => {
  const decoder = start()
  const [photo, drawing] = [await makeOrientedJpeg(6), await (await openScene()).png().toBuffer()]
  const verdicts = await Promise.all([
    decoder.decode(jpegJob(photo), yielding(photo)),
    decoder.decode({ type: 'image/png', bytes: drawing.length }, yielding(drawing, drawing.length)),
    decoder.decode(jpegJob(photo), yielding(photo, 7)),
  ])
  expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true])
  expect(verdicts[0]).toEqual(verdicts[2])
})

test('hands over the same copy however the file was cut on its way', async () => {
  const decoder = start()
  const photo = await makeOrientedJpeg(6)
  const copies = [1, 700, photo.length].map(async (chunkBytes) => {
    const verdict = await decoder.decode({ ...jpegJob(photo), wantsCopy: true }, yielding(photo, chunkBytes))
    return verdict.ok ? Buffer.concat(verdict.value.copy?.pieces ?? []) : null
  })
  const expected = Buffer.concat(stripPicture(photo, 'image/jpeg', 6) ?? [])
  expect(await Promise.all(copies)).toEqual([expected, expected, expected])
})

test('says of a copy whether it is the file itself', async () => {
  const decoder = start()
  const clean = await (await openScene()).png().toBuffer()
  const photo = await makeOrientedJpeg(1)
  const cut = clean.subarray(0, clean.length - 12)
  const copyOf = async (type: 'image/png' | 'image/jpeg', file: Buffer) => {
    const verdict = await decoder.decode({ type, bytes: file.length, wantsCopy: true }, yielding(file))
    return verdict.ok ? verdict.value.copy?.isFile : null
  }
  expect(await copyOf('image/png', clean)).toBe(true)
  expect(await copyOf('image/jpeg', photo)).toBe(false)
  // Mended: its end is not in the file.
  expect(await copyOf('image/png', cut)).toBe(false)
})

test('refuses a damaged picture and goes on', async () => {
  const decoder = start()
  const photo = await makeOrientedJpeg(1)
  const cut = photo.subarray(0, photo.length - 400)
  expect(await decoder.decode(jpegJob(cut), yielding(cut))).toMatchObject({ refusal: { reason: 'image_damaged' } })
  expect(await decoder.decode(jpegJob(photo), yielding(photo))).toMatchObject({ ok: true })
})

test('throws when the body cannot be read, and decodes the next picture all the same', async () => {
  const decoder = start()
  const photo = await makeOrientedJpeg(1)
  async function* breaking() {
    yield photo.subarray(0, 500)
    throw new Error('S3 hung up')
  }
  await expect(decoder.decode(jpegJob(photo), breaking)).rejects.toThrow('S3 hung up')
  await expect(decoder.decode(jpegJob(photo), yielding(photo.subarray(0, 500)))).rejects.toThrow('ended after 500')
  expect(await decoder.decode(jpegJob(photo), yielding(photo))).toMatchObject({ ok: true })
})

/** Ends at its first picture; the process after it is the real one. */
function dyingOnce(): URL {
  const marker = join(folder, randomUUID())
  const file = `${marker}.mjs`
  const dying = `process.stdin.resume(); process.on('message', () => process.kill(process.pid, 'SIGKILL')); process.send('ready')`
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs'
    if (existsSync('${marker}')) await import('${entry.href}')
    else { writeFileSync('${marker}', ''); ${dying} }`,
  )
  return pathToFileURL(file)
}

test('tries a picture again when its process was killed under it', async () => {
  const photo = await makeOrientedJpeg(1)
  expect(await start({ entry: dyingOnce() }).decode(jpegJob(photo), yielding(photo))).toMatchObject({ ok: true })
})

test('reads the next file while one is decoded, and no other', async () => {
  const told = join(folder, randomUUID())
  const waiting = `const { existsSync } = process.getBuiltinModule('node:fs')
    setInterval(() => existsSync('${told}') && process.send({ fault: 'told' }), 5)`
  const decoder = start({ entry: childThat(waiting) })
  const read: number[] = []
  const secondIsRead = Promise.withResolvers<void>()
  const decodes = [1, 2, 3].map((n) =>
    decoder.decode({ type: 'image/jpeg', bytes: 1 }, async function* () {
      read.push(n)
      yield Buffer.alloc(1)
      if (n === 2) secondIsRead.resolve()
    }),
  )
  await secondIsRead.promise
  await new Promise(setImmediate)
  expect(read).toEqual([1, 2])
  writeFileSync(told, '')
  await Promise.allSettled(decodes)
  expect(read).toEqual([1, 2, 3])
})

test('refuses a picture that crashes its decoder twice, as damaged', async () => {
  const decoder = start({ entry: childThat(`process.kill(process.pid, 'SIGSEGV')`) })
  const photo = await makeOrientedJpeg(1)
  expect(await decoder.decode(jpegJob(photo), yielding(photo))).toMatchObject({ refusal: { reason: 'image_damaged' } })
})

test('blames no picture for a decoder that is killed again and again', async () => {
  const decoder = start({ entry: childThat(`process.kill(process.pid, 'SIGKILL')`) })
  const photo = await makeOrientedJpeg(1)
  await expect(decoder.decode(jpegJob(photo), yielding(photo))).rejects.toThrow('killed')
})

test('blames no picture for a decoder that cannot be started', async () => {
  const decoder = start({ entry: new URL('./nowhere.ts', import.meta.url) })
  const photo = await makeOrientedJpeg(1)
  await expect(decoder.decode(jpegJob(photo), yielding(photo))).rejects.toThrow('could not be started')
})

test('refuses a picture whose decoder never ends, and ends the decoder', async () => {
  const decoder = start({ entry: childThat('for (;;);'), deadlineMs: 200 })
  const photo = await makeOrientedJpeg(1)
  expect(await decoder.decode(jpegJob(photo), yielding(photo))).toMatchObject({ refusal: { reason: 'image_too_slow' } })
})

test('throws a fault of the decoder, so that the message comes again', async () => {
  const decoder = start({ entry: childThat(`process.send({ fault: 'unable to allocate' })`) })
  const photo = await makeOrientedJpeg(1)
  await expect(decoder.decode(jpegJob(photo), yielding(photo))).rejects.toThrow('unable to allocate')
})
