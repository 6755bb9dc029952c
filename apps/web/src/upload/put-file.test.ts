import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createManualTime, type ManualTime } from '../../test/manual-time.ts'
import { createPutFile } from './put-file.ts'
import type { PutRequest } from './put-request.ts'

/** A connection that does nothing by itself; the browser's events without the browser. */
class Connection extends EventTarget {
  static last: Connection
  readonly upload = new EventTarget()
  readonly headers = new Map<string, string>()
  readonly responseText = ''
  body: Blob | null = null
  status = 0
  constructor() {
    super()
    Connection.last = this
  }
  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers.set(name, value)
  }
  send(body: Blob) {
    this.body = body
  }
  abort() {
    this.dispatchEvent(new Event('abort'))
  }
  take(loaded: number) {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded }))
  }
  answer(status: number) {
    this.status = status
    this.dispatchEvent(new Event('load'))
  }
}

const request: PutRequest = { method: 'PUT', url: 'https://s3.example/a', headers: { 'x-sum': 'sum' }, expiresAt: '' }
const file = new Blob([new Uint8Array(1000)], { type: 'image/jpeg' })

function start(signal = new AbortController().signal) {
  const seen = { status: null as number | null, sent: [] as number[] }
  void createPutFile(time.sleep)(request, file, { signal, onProgress: (sent) => seen.sent.push(sent) }).then(
    (status) => (seen.status = status),
  )
  return { seen, connection: Connection.last }
}

let time: ManualTime
beforeEach(() => {
  time = createManualTime()
  vi.stubGlobal('XMLHttpRequest', Connection)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('a connection that takes nothing is given up after 30 seconds', async () => {
  const { seen } = start()
  await time.pass(29_999)
  expect(seen.status).toBeNull()
  await time.pass(1)
  expect(seen.status).toBe(0)
})

test('one that stands still on its way is given up 30 seconds after its last byte; a slow one never is', async () => {
  const { seen, connection } = start()
  for (let sent = 100; sent < 1000; sent += 100) {
    await time.pass(29_000)
    connection.take(sent)
  }
  expect(seen).toEqual({ status: null, sent: [100, 200, 300, 400, 500, 600, 700, 800, 900] })
  await time.pass(30_000)
  expect(seen.status).toBe(0)
})

test('one that has taken everything gets 90 seconds to answer', async () => {
  const { seen, connection } = start()
  connection.take(1000)
  await time.pass(89_999)
  expect(seen.status).toBeNull()
  await time.pass(1)
  expect(seen.status).toBe(0)
})

test('an answer ends the watching: nothing happens later', async () => {
  const { seen, connection } = start()
  connection.take(1000)
  connection.answer(200)
  await time.pass(0)
  expect(seen.status).toBe(200)
  expect(time.sleeping()).toBe(0)
  expect(connection.headers).toEqual(new Map([['x-sum', 'sum']]))
  expect(connection.body?.type).toBe('')
})

test('what is aborted ends at once, also before it has begun', async () => {
  const abort = new AbortController()
  const { seen } = start(abort.signal)
  abort.abort()
  await time.pass(0)
  expect(seen.status).toBe(0)
  const other = start(abort.signal)
  await time.pass(0)
  expect(other.seen.status).toBe(0)
  expect(other.connection.body).toBeNull()
  expect(time.sleeping()).toBe(0)
})
