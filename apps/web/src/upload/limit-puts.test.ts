import { expect, test } from 'vitest'
import { limitPuts } from './limit-puts.ts'
import type { PutFile, PutRequest, RequestSource } from './put-request.ts'

const MB = 2 ** 20
const request: PutRequest = { method: 'PUT', url: 'https://s3.example', headers: {}, expiresAt: '' }

/** A line that carries so many bytes a second, shared by all that is on it, with a clock of its own. */
function openLine(bytesPerSecond: number) {
  let speed = bytesPerSecond
  const onIt = new Set<{ left: number; size: number; watch: Parameters<PutFile>[2]; end: (status: number) => void }>()
  const seen = { most: 0, ms: 0 }
  let ends = 0
  const begun: Blob[] = []
  const put: PutFile = (_request, file, watch) =>
    new Promise((end) => {
      begun.push(file)
      onIt.add({ left: file.size, size: file.size, watch, end })
    })
  const limited = limitPuts(put, 4, () => seen.ms)
  const watch = { onProgress: () => undefined, signal: new AbortController().signal }
  const send = (file: Blob, source: RequestSource = { held: () => request, sign: () => Promise.resolve(null) }) =>
    limited(source, file, watch)
  /** Lets a tenth of a second go by. */
  const tick = async () => {
    seen.ms += 100
    const share = speed / 10 / Math.max(1, onIt.size)
    for (const each of onIt) {
      each.left = Math.max(0, each.left - share)
      each.watch.onProgress(each.size - each.left)
      if (each.left > 0) continue
      onIt.delete(each)
      each.end(200)
      ends += 1
    }
    await new Promise((resolve) => setImmediate(resolve))
    seen.most = Math.max(seen.most, onIt.size)
  }
  const become = (faster: number) => {
    speed = faster
  }
  return { seen, become, onIt: () => onIt.size, ends: () => ends, begun, send, tick }
}

const part = new Blob([new Uint8Array(8 * MB)])

test.each([
  ['four at a time on a fast line', 50 * MB, 4],
  ['two at a time at 20 Mbit/s', 2.5e6, 2],
])('parts of 8 MB go %s', async (_name, bytesPerSecond, wanted) => {
  const line = openLine(bytesPerSecond)
  const sent = Promise.all(Array.from({ length: 40 }, () => line.send(part)))
  // Two begin before anything is known.
  while (line.ends() < 24) await line.tick()
  line.seen.most = 0
  while (line.ends() < 36) await line.tick()
  expect(line.seen.most).toBe(wanted)
  while (line.ends() < 40) await line.tick()
  await expect(sent).resolves.toHaveLength(40)
})

test('a fast line is known after two parts, not only after seconds', async () => {
  const line = openLine(100 * MB)
  for (let i = 0; i < 40; i += 1) void line.send(part)
  while (line.ends() < 4) await line.tick()
  expect(line.seen.ms).toBeLessThan(1000)
  expect(line.onIt()).toBe(4)
  while (line.ends() < 40) await line.tick()
})

test('on a slow phone the next part begins when the one before it is nearly through, and not sooner', async () => {
  const line = openLine(200e3)
  const sent = Promise.all(Array.from({ length: 8 }, () => line.send(part)))
  while (line.ends() < 4) await line.tick()
  let ticks = 0
  let shared = 0
  line.seen.most = 0
  while (line.ends() < 7) {
    await line.tick()
    ticks += 1
    if (line.onIt() > 1) shared += 1
  }
  expect(line.seen.most).toBe(2)
  expect(shared / ticks).toBeLessThan(0.1)
  while (line.ends() < 8) await line.tick()
  await sent
})

test('photos go four at a time where the line carries them in seconds', async () => {
  const line = openLine(2.5e6)
  const photo = new Blob([new Uint8Array(2 * MB)])
  for (let i = 0; i < 12; i += 1) void line.send(photo)
  while (line.ends() < 12) await line.tick()
  expect(line.seen.most).toBe(4)
})

test('photos that are signed one by one go several at a time again when a slow line has become a fast one', async () => {
  const line = openLine(40e3)
  void line.send(new Blob([new Uint8Array(200e3)]))
  while (line.ends() < 1) await line.tick()
  line.become(2.5e6)
  const photo = new Blob([new Uint8Array(2 * MB)])
  const signing = { held: () => null, sign: () => Promise.resolve(request) }
  line.seen.most = 0
  for (let i = 0; i < 20; i += 1) void line.send(photo, signing)
  while (line.ends() < 21) await line.tick()
  expect(line.seen.most).toBe(4)
})

test('while those whose turn it is wait to be signed, one at a time goes of those that hold a request', async () => {
  const line = openLine(8 * MB)
  const { promise: signed, resolve: sign } = Promise.withResolvers<PutRequest>()
  const parts = Array.from({ length: 5 }, () => part.slice())
  const [first, second, third, fourth, fifth] = parts as [Blob, Blob, Blob, Blob, Blob]
  const unsigned = [first, second, third].map((each) => line.send(each, { held: () => null, sign: () => signed }))
  const held = [fourth, fifth].map((each) => line.send(each))
  await line.tick()
  expect(line.begun.map((each) => parts.indexOf(each))).toEqual([3])
  while (line.ends() < 2) await line.tick()
  await Promise.all(held)
  expect(line.begun.map((each) => parts.indexOf(each))).toEqual([3, 4])
  sign(request)
  while (line.ends() < 5) await line.tick()
  await Promise.all(unsigned)
  expect(line.begun.map((each) => parts.indexOf(each))).toEqual([3, 4, 0, 1, 2])
})
