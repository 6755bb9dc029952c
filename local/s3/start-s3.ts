// A small S3 on loopback that is as strict as the real one about signatures, headers, conditions and checksums, and
// whose events survive being killed. Called by the stack; its acceptance tests use the real SDK.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { credentials, region } from '../cloud-names.ts'
import { listenOnLoopback, loopbackHost } from '../ports.ts'
import { applyLifecycle } from './apply-lifecycle.ts'
import { cutPieces, type OpenPiece } from './blob-files.ts'
import type { Bucket } from './buckets.ts'
import { createOutboxSender, describeTestEvents, type SendEvent } from './notifications.ts'
import { openObjectStore, type StoredObject } from './object-store.ts'
import { routeRequest } from './route-request.ts'
import { openUploadStore } from './upload-store.ts'

export type S3Options = {
  dataDir: string
  port?: number
  buckets: readonly Bucket[]
  sendEvent: SendEvent
  log?: (line: string) => void
  now?: () => number
}

/** `open` is for `readPieces`: bytes `start` to `endInclusive`, by default all of them. */
export type FoundObject = Omit<StoredObject, 'pieces'> & {
  open(start?: number, endInclusive?: number): OpenPiece[]
}

export type S3 = {
  readonly port: number
  /** http://127.0.0.1:port, for AWS_ENDPOINT_URL_S3. */
  readonly endpoint: string
  /** For the delivery front, which reads the media bucket as CloudFront would. */
  findObject(bucket: string, key: string): FoundObject | null
  /** Deletes what is over its time; also done every hour. */
  applyLifecycle(now: number): { expiredKeys: string[]; abortedUploads: number }
  /** Events written but not yet taken by their queue. */
  countPendingEvents(): number
  stop(): Promise<void>
}

// By itself V8 goes through everything that lives once 16 MB more have been allocated, and the bytes of uploads count. In
// a process with a large heap of other things that took more of the CPU than serving them.
setFlagsFromString('--heap-growing-percent=400')

const lifecycleIntervalMs = 60 * 60 * 1000

export async function startS3(options: S3Options): Promise<S3> {
  const now = options.now ?? Date.now
  const log = options.log ?? (() => {})
  mkdirSync(options.dataDir, { recursive: true })
  const isFresh = !existsSync(join(options.dataDir, 'objects.sqlite'))
  const store = openObjectStore(options.dataDir, now)
  const uploads = openUploadStore(store, now)
  const outbox = createOutboxSender(store, options.sendEvent, log)
  const buckets = new Map(options.buckets.map((bucket) => [bucket.name, bucket]))
  const services = { store, uploads, findBucket: (name: string) => buckets.get(name) ?? null, wakeOutbox: outbox.wake }
  const verifier = {
    service: 's3' as const,
    region,
    now,
    findSecret: (id: string) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
  }

  async function handle(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): Promise<void> {
    const requestId = randomBytes(8).toString('hex').toUpperCase()
    const failure = await routeRequest({ request, response, requestId, expectsContinue, services, verifier })
    if (failure !== null) log(`${request.method} ${request.url?.split('?')[0]} ${failure}`)
  }

  const server = createServer({ keepAliveTimeout: 30_000, requestTimeout: 0 }, (request, response) => {
    void handle(request, response, false)
  })
  // A client that waits for "100 Continue" can be refused before it has sent its bytes.
  server.on('checkContinue', (request, response) => void handle(request, response, true))
  const port = await listenOnLoopback(server, options.port)

  if (isFresh) for (const event of options.buckets.flatMap(describeTestEvents)) store.addEvent(event)
  outbox.wake()
  const applyRules = (time: number) => {
    const results = options.buckets.map((bucket) => applyLifecycle(bucket, { store, uploads }, time))
    outbox.wake()
    return {
      expiredKeys: results.flatMap(({ expiredKeys }) => expiredKeys),
      abortedUploads: results.reduce((sum, { abortedUploads }) => sum + abortedUploads, 0),
    }
  }
  applyRules(now())
  const lifecycleTimer = setInterval(() => applyRules(now()), lifecycleIntervalMs)
  lifecycleTimer.unref()

  return {
    port,
    endpoint: `http://${loopbackHost}:${port}`,
    findObject(bucket, key) {
      const object = store.find(bucket, key)
      if (object === null) return null
      const open = (start = 0, endInclusive = object.size - 1) =>
        store.files.open(cutPieces(object.pieces, start, endInclusive))
      return { ...object, open }
    },
    applyLifecycle: applyRules,
    countPendingEvents: () => store.pendingEvents().length,
    async stop() {
      clearInterval(lifecycleTimer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await outbox.stop()
      store.close()
    },
  }
}
