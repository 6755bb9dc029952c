// Everything that the row of procedures measures, running: the Worker, the bare handler in a workerd of
// its own beside it, and the peer in a Node process.
import { fork, type ChildProcess } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { build } from 'esbuild'
import { startEdge, type Edge } from '@shoebox/edge-api/test/start-edge.ts'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { findChildren } from '@shoebox/local/processes/find-children.ts'
import { bundleWorker } from '@shoebox/local/worker/bundle-worker.ts'
import { startDatabase } from '@shoebox/testing/start-database.ts'
import { keepServicesInMemory, makeDeliveryVars, startPlain, type PlainWorker } from './procedures-plain.ts'
import { startRecorder } from './record-trips.ts'

/** A server whose CPU time is read. */
export type Side = {
  readonly origin: string
  readonly pid: number
  /** What it takes for the site's address, where that is another. */
  readonly site?: string
}

export type ProceduresRig = {
  readonly edge: Edge
  readonly ours: Side
  readonly bare: Side
  readonly peer: Side
  readonly recorder: Awaited<ReturnType<typeof startRecorder>>
  /** Authorization for the peer. */
  readonly tokenFor: (userUuid: string) => string
  stop(): Promise<void>
}

export async function startProceduresRig(): Promise<ProceduresRig> {
  const recorder = await startRecorder()
  const known = new Set(runtimes())
  const vars = { DATABASE_HTTP_ENDPOINT: recorder.url, CODE_HMAC_KEY: codeKey }
  const edge = await startEdge(vars, await startDatabase())
  recorder.forwardTo(edge.neon.httpUrl)
  findNew(known)
  const ours = await startOurs(edge, recorder.url)
  const oursPid = findNew(known)
  const bare = await startBare(edge.databaseUrl, recorder.url)
  const secret = randomUUID()
  const peer = await startPeer({ DATABASE_URL: edge.databaseUrl, JWT_SECRET: secret, MEDIA_ORIGIN: 'http://cdn.test' })
  return {
    edge,
    ours: { origin: ours.origin, pid: oursPid, site: edge.origin },
    bare: { origin: bare.origin, pid: findNew(known) },
    peer: { origin: peer.origin, pid: peer.child.pid ?? 0 },
    recorder,
    tokenFor: (userUuid) => signToken(secret, userUuid),
    async stop() {
      peer.child.kill()
      await bare.stop()
      await ours.stop()
      await edge.stop()
      recorder.stop()
    },
  }
}

const runtimes = (): number[] => findChildren().flatMap(({ pid, command }) => (command === 'workerd' ? [pid] : []))

/** The workerd that was started since the last look: Miniflare keeps its process to itself. */
function findNew(known: Set<number>): number {
  const pid = runtimes().find((candidate) => !known.has(candidate))
  if (pid === undefined) throw new Error('no workerd was started')
  known.add(pid)
  return pid
}

/** In the tests' Worker and in the measured one: a code that one mails opens the other. */
const codeKey = 'a key of benchmarks, at least thirty-two characters long'

/** Talks to the same database as the tests' Worker, which mails and queues are read from. */
async function startOurs(edge: Edge, endpoint: string): Promise<PlainWorker> {
  return startPlain(keepServicesInMemory(await bundleWorker()), {
    SITE_ORIGIN: edge.origin,
    DATABASE_URL: edge.databaseUrl,
    DATABASE_HTTP_ENDPOINT: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    S3_ENDPOINT: edge.s3Endpoint,
    INCOMING_BUCKET: buckets.incoming,
    MAIL_QUEUE_URL: edge.mailQueueUrl,
    CODE_HMAC_KEY: codeKey,
    AUDIT_HMAC_KEY: codeKey,
    LINK_HMAC_KEY: codeKey,
    ...makeDeliveryVars(),
  })
}

async function startBare(databaseUrl: string, endpoint: string): Promise<PlainWorker> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'procedures-bare.worker.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    minify: true,
    keepNames: true,
    logLevel: 'silent',
  })
  const bundle = {
    script: outputFiles[0]?.text ?? '',
    parts: new Map<string, string>(),
    wasm: new Map<string, Uint8Array>(),
  }
  return startPlain(bundle, { DATABASE_URL: databaseUrl, DATABASE_HTTP_ENDPOINT: endpoint })
}

async function startPeer(env: Record<string, string>): Promise<{ origin: string; child: ChildProcess }> {
  const child = fork(join(import.meta.dirname, 'procedures-peer.child.ts'), { env: { ...process.env, ...env } })
  const [port] = (await once(child, 'message')) as [number]
  return { origin: `http://127.0.0.1:${port}`, child }
}

function signToken(secret: string, sub: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub, exp: Math.ceil(Date.now() / 1000) + 3600 })}`
  return `Bearer ${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
