// The whole cloud on one machine, or the parts a test asks for. `npm start`, tests and benchmarks all call this.
// Everything listens on 127.0.0.1 and writes under one data folder; `stop` ends every process it started.
import { mkdtempSync, rmSync, chmodSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountId, credentials, region } from './cloud-names.ts'
import { openLogStore } from './control/log-store.ts'
import { findFreePort, preferredPorts, type PortName } from './ports.ts'
import { startOrphanGuard } from './processes/orphan-guard.ts'
import type { PartName, StackParts, StartContext } from './stack-context.ts'
import type { StackOptions } from './stack-options.ts'
import { partStarters } from './stack-parts.ts'

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
const stopOrder: readonly PartName[] = [
  'control',
  'worker',
  'lambdas',
  'delivery',
  'push',
  's3',
  'sqs',
  'ses',
  'neon',
  'postgres',
]

export async function startStack<const P extends PartName = PartName>(
  options: StackOptions<P> = {},
): Promise<Stack<P>> {
  const names: readonly PartName[] = options.parts ?? stopOrder
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
  const logs = names.includes('control') ? openLogStore(join(dataDir, 'logs')) : null
  const log = (part: string, line: string) => {
    logs?.add(part, line)
    options.log?.(part, line)
  }
  const context: StartContext = { dataDir, guard, options: { ...options, log }, logs, site, need, port }

  async function stop(): Promise<void> {
    for (const name of stopOrder) {
      const part = await running.get(name)?.catch(() => null)
      running.delete(name)
      await part?.stop()
    }
    logs?.close()
    guard.release()
    if (isTemporary) rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }

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
