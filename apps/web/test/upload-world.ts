// A small world for the upload queue: an API in memory with the real one's promises, and a store of objects behind a
// real HTTP server that refuses to overwrite. Faults are planned per test, one answer at a time.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { methodFor } from '@shoebox/shared/upload/policy.ts'
import { planParts } from '@shoebox/shared/upload/plan-parts.ts'
import type { MediaId, FeedItem } from '../src/feed/feed-item.ts'
import type { BeginAnswer, HashedFile } from '../src/upload/declare-batch.ts'
import type { PutFile } from '../src/upload/put-request.ts'
import { UploadQueue, type UploadQueueDeps } from '../src/upload/upload-queue.ts'
import type { UploadItem } from '../src/upload/upload-item.ts'
import type { WatchedItem } from '../src/upload/watch-loop.ts'
import { createJournal } from './journal.ts'
import { createPartStore } from './part-store.ts'

type Row = {
  mediaId: MediaId
  name: string
  bytes: number
  state: WatchedItem['state']
  reason: WatchedItem['reason']
  readAt: number
}
/** A status to answer with; `lose` stores the object and breaks the connection, `cut` only breaks it. */
type PutFault = number | 'lose' | 'cut'

export class RefusedCall extends Error {
  readonly data: { refusal: { code: string; retryAfterSeconds?: number } }
  constructor(code: string, retryAfterSeconds?: number) {
    super(code)
    this.data = { refusal: retryAfterSeconds === undefined ? { code } : { code, retryAfterSeconds } }
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>

export async function startWorld() {
  const rows = new Map<string, Row>()
  const byId = new Map<MediaId, Row>()
  const objects = new Map<string, Buffer>()
  const parts = createPartStore(objects)
  const putFaults: PutFault[] = []
  const none = (): unknown[] => []
  /** What the plan still takes. Bytes. */
  const room = { bytes: Number.POSITIVE_INFINITY }
  const apiFaults = {
    begin: none(),
    readRoom: none(),
    sign: none(),
    watch: none(),
    signParts: none(),
    listParts: none(),
    completeMultipart: none(),
  }
  const calls = {
    begin: 0,
    readRoom: 0,
    sign: 0,
    cancel: [] as MediaId[],
    watch: [] as MediaId[][],
    put: 0,
    signParts: [] as number[][],
    listParts: 0,
  }
  const most = { sending: 0, inFlight: 0 }
  let sending = 0

  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const fault = putFaults.shift()
      if (fault === 'cut') return request.socket.destroy()
      if (typeof fault === 'number') return response.writeHead(fault).end()
      const partStatus = parts.put(path, request.headers, Buffer.concat(chunks))
      if (partStatus !== null) {
        if (fault === 'lose') return request.socket.destroy()
        return response.writeHead(partStatus).end()
      }
      if (objects.has(path)) return response.writeHead(412).end()
      objects.set(path, Buffer.concat(chunks))
      if (fault === 'lose') return request.socket.destroy()
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const requestFor = (mediaId: MediaId) => ({
    method: 'PUT' as const,
    url: `${origin}/${mediaId}`,
    headers: { 'content-type': 'image/jpeg' },
    expiresAt: new Date(Date.now() + 900_000).toISOString(),
  })

  const put: PutFile = async (request, file, { onProgress, signal }) => {
    calls.put += 1
    sending += 1
    most.sending = Math.max(most.sending, sending)
    try {
      const response = await fetch(request.url, { method: 'PUT', headers: request.headers, body: file, signal })
      onProgress(file.size)
      return response.status
    } catch {
      return 0
    } finally {
      sending -= 1
    }
  }

  const failing = (faults: unknown[]) => {
    const fault = faults.shift()
    if (fault !== undefined) throw fault
  }

  /** What has its end is neither signed nor completed any more. */
  const requireReserved = (mediaId: MediaId) => {
    if ((byId.get(mediaId)?.state ?? 'reserved') !== 'reserved') throw new RefusedCall('upload_settled')
  }

  const api = {
    begin: (batchId: string, files: readonly HashedFile[]): Promise<BeginAnswer[]> => {
      calls.begin += 1
      failing(apiFaults.begin)
      const answers = files.map(({ name, bytes }, ordinal): BeginAnswer => {
        const key = `${batchId}/${ordinal}`
        const known = rows.get(key)
        if (known === undefined && bytes > room.bytes) return { ok: false, code: 'over_day_quota' }
        if (known === undefined) room.bytes -= bytes
        const mediaId = `med_01990000-0000-7000-8000-${String(rows.size).padStart(12, '0')}` as MediaId
        const row = known ?? { mediaId, name, bytes, state: 'reserved', reason: null, readAt: 0 }
        rows.set(key, row)
        byId.set(row.mediaId, row)
        if (row.state !== 'reserved') return { ok: false, code: 'upload_settled', mediaId: row.mediaId }
        if (methodFor(bytes) === 'multipart')
          return { ok: true, mediaId: row.mediaId, method: 'multipart', ...planParts(bytes) }
        return { ok: true, mediaId: row.mediaId, method: 'put', request: requestFor(row.mediaId) }
      })
      // A row is written before its answer may get lost.
      failing(apiFaults.begin)
      return Promise.resolve(answers)
    },
    readRoom: async () => {
      calls.readRoom += 1
      failing(apiFaults.readRoom)
      return room.bytes
    },
    sign: async (mediaId: MediaId) => {
      calls.sign += 1
      failing(apiFaults.sign)
      requireReserved(mediaId)
      return requestFor(mediaId)
    },
    openMultipart: async (mediaId: MediaId) => {
      requireReserved(mediaId)
      return parts.open(mediaId, byId.get(mediaId)?.bytes ?? 0)
    },
    signParts: (mediaId: MediaId, wanted: { partNumber: number; sha256: string }[]) => {
      calls.signParts.push(wanted.map(({ partNumber }) => partNumber))
      failing(apiFaults.signParts)
      requireReserved(mediaId)
      const signed = wanted.map(({ partNumber, sha256 }) => {
        const { url, ...request } = requestFor(mediaId)
        const headers = { 'x-amz-checksum-sha256': sha256 }
        return { partNumber, request: { ...request, url: `${url}?part=${partNumber}`, headers } }
      })
      return Promise.resolve(signed)
    },
    listParts: (mediaId: MediaId, after: number) => {
      calls.listParts += 1
      failing(apiFaults.listParts)
      return Promise.resolve(parts.list(mediaId, after))
    },
    completeMultipart: async (mediaId: MediaId) => {
      failing(apiFaults.completeMultipart)
      requireReserved(mediaId)
      if (!(await parts.complete(mediaId))) throw new RefusedCall('parts_missing')
    },
    cancel: (mediaId: MediaId) => Promise.resolve(void calls.cancel.push(mediaId)),
    watch: (mediaIds: MediaId[]): Promise<WatchedItem[]> => {
      calls.watch.push(mediaIds)
      failing(apiFaults.watch)
      return Promise.resolve(mediaIds.flatMap((mediaId) => watchOne(byId.get(mediaId))))
    },
  }
  /** An object that arrived is inspected between the first and the second look at it. */
  const watchOne = (row: Row | undefined): WatchedItem[] => {
    if (row === undefined) return []
    if (objects.has(`/${row.mediaId}`)) row.readAt += 1
    if (row.readAt >= 2 && row.state === 'reserved') {
      row.state = row.name.startsWith('bad') ? 'refused' : 'ready'
      row.reason = row.state === 'refused' ? 'image_damaged' : null
    }
    const { mediaId, state, reason } = row
    return [{ mediaId, state, reason, duplicateOf: null, declaredType: 'image/jpeg', detectedType: null, item: null }]
  }

  return { objects, parts, putFaults, room, apiFaults, calls, most, put, api, rows, close: () => server.close() }
}

/** A queue in that world, without waiting: its sleeps end at once, its states are written down. */
export function startQueueIn(world: World, changes: Partial<UploadQueueDeps> = {}) {
  const items: UploadItem[] = []
  const history = new Map<number, string[]>()
  const ready: FeedItem[] = []
  const slept: number[] = []
  const said = { signInNeeded: 0 }
  let batches = 0
  const queue = new UploadQueue({
    ...world.api,
    put: world.put,
    hash: (file) => file.text().then((text) => `sha-${text.length}`),
    sleep: (ms) => {
      slept.push(ms)
      return new Promise((resolve) => setImmediate(resolve))
    },
    waitForNetwork: () => Promise.resolve(),
    waitForEyes: () => Promise.resolve(),
    random: () => 1,
    nowMs: () => 0,
    journal: createJournal(),
    takeTurn: (_mediaId, _signal, run) => run(),
    alone: (run) => run(),
    makeBatchId: () => `batch-${(batches += 1)}`,
    onAdded(added) {
      for (const item of added) {
        items[item.key] = item
        history.set(item.key, [item.state])
      }
    },
    onChanged(after) {
      items[after.key] = after
      const states = history.get(after.key)
      if (states?.at(-1) !== after.state) states?.push(after.state)
    },
    onReady: (items) => ready.push(...items),
    onSignInNeeded: () => (said.signInNeeded += 1),
    ...changes,
  })
  return { queue, items, history, ready, slept, said, states: () => items.map((item) => item.state) }
}

export const photo = (name: string, bytes = 100): File =>
  new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' })
