// The whole cloud on one machine, or the parts a test asks for. `npm start`, tests and benchmarks all call this.
// Everything listens on 127.0.0.1 and writes under one data folder; `stop` ends every process it started.
import { mkdtempSync, rmSync, chmodSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountId, credentials, region } from './cloud-names.ts'
import { findFreePort, preferredPorts, type PortName } from './ports.ts'
import { startOrphanGuard } from './processes/orphan-guard.ts'
import { partStarters, type PartName, type StackParts, type StartContext } from './stack-parts.ts'
import type { LambdaName } from './cloud-names.ts'

export type { PartName, StackParts } from './stack-parts.ts'

export type StackOptions<P extends PartName = PartName> = {
  /** Which parts to have; what they need is started with them. All of them by default. */
  parts?: readonly P[]
  /** Kept between starts. By default a temporary folder that `stop` removes. */
  dataDir?: string
  /** `free`: any free ports (tests). `preferred`: the fixed row people know, the next free one where taken. */
  ports?: 'free' | 'preferred' | Partial<Record<PortName, number>>
  /** One call per line that a part prints. */
  log?: (part: string, line: string) => void
  /** A process ended that should not have. */
  onDeath?: (part: string, how: string) => void
  queues?: {
    /** How long a received message stays hidden before it is delivered again. Default 30. */
    visibilityTimeoutSeconds?: number
    /** Deliveries before a message is dead-lettered. Default 5. */
    maxReceiveCount?: number
  }
  lambdas?: Partial<Record<LambdaName, LambdaSettings>>
  /** Runs the migrate function before the stack is called started. Default true where the Lambdas are started. */
  migrate?: boolean
  worker?: WorkerSettings
  /** How long a signed delivery URL stays the same. Default 300. */
  deliveryBucketSeconds?: number
}

export type LambdaSettings = {
  /** Processes that may run at once. Default 2 (1 for persist and migrate). */
  concurrency?: number
  timeoutMs?: number
  /** Added to, or put in place of, the function's environment. */
  env?: Record<string, string>
  /** False: the function can be invoked, but nothing is taken from its queue. */
  isPolling?: boolean
}

export type WorkerSettings = {
  /** Added to, or put in place of, the Worker's variables. */
  vars?: Record<string, string>
  /** Rebuild and reload when a source file changes. */
  watch?: boolean
  /** A Vite dev server with hot reload in front, which passes /api on to the Worker. */
  hot?: boolean
}

export type Stack<P extends PartName = PartName> = Pick<StackParts, P> & {
  readonly dataDir: string
  /** Where people reach the site, e.g. http://localhost:7420. */
  readonly siteOrigin: string
  readonly region: string
  readonly accountId: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  stop(): Promise<void>
}

/** The order in which parts are stopped: whoever uses another part goes first. */
const stopOrder: readonly PartName[] = ['worker', 'lambdas', 'delivery', 's3', 'sqs', 'ses', 'neon', 'postgres']

export async function startStack<const P extends PartName = PartName>(
  options: StackOptions<P> = {},
): Promise<Stack<P>> {
  const isTemporary = options.dataDir === undefined
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'shoebox-'))
  mkdirSync(dataDir, { recursive: true })
  // Postgres may run under another account, which must be able to walk through.
  if (isTemporary) chmodSync(dataDir, 0o711)
  const guard = startOrphanGuard()
  const running = new Map<PartName, Promise<StackParts[PartName]>>()

  function need<N extends PartName>(name: N): Promise<StackParts[N]> {
    const known = running.get(name) as Promise<StackParts[N]> | undefined
    if (known !== undefined) return known
    const starting = partStarters[name](context)
    running.set(name, starting)
    return starting
  }
  const port = (name: PortName) => choosePort(options.ports, name)
  const sitePort = await findFreePort(port('site'))
  // `localhost` and not 127.0.0.1, where media is served: another site, as in the cloud.
  const site = { port: sitePort, origin: `http://localhost:${sitePort}` }
  const context: StartContext = { dataDir, guard, options, site, need, port }

  async function stop(): Promise<void> {
    for (const name of stopOrder) {
      const part = await running.get(name)?.catch(() => null)
      running.delete(name)
      await part?.stop()
    }
    guard.release()
    if (isTemporary) rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }

  const names: readonly PartName[] = options.parts ?? stopOrder
  const started = await Promise.allSettled(names.map((name) => need(name)))
  const failed = started.find((result) => result.status === 'rejected')
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  const parts = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await need(name)] as const)),
  ) as Pick<StackParts, P>
  return { ...parts, dataDir, siteOrigin: site.origin, region, accountId, credentials, stop }
}

function choosePort(wish: StackOptions['ports'], name: PortName): number | undefined {
  if (wish === undefined || wish === 'free') return undefined
  return wish === 'preferred' ? preferredPorts[name] : wish[name]
}
