// The Worker in workerd, with the web client as its static assets: what people reach at the site's address.
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type MiniflareOptions } from 'miniflare'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { bundleWorker, listModules, watchWorker, type WorkerBundle } from './bundle-worker.ts'
import { loopbackHost } from '../ports.ts'
import { findChildren } from '../processes/find-children.ts'
import type { OrphanGuard } from '../processes/orphan-guard.ts'

export type WorkerOptions = {
  readonly port: number
  /** The bindings that are plain text; see apps/edge-api/src/env.ts. */
  readonly vars: Readonly<Record<string, string>>
  /** The built web client. */
  readonly assetsDir: string
  readonly watch?: boolean
  /** Ends workerd if we are killed: Miniflare keeps it to itself, and it would live on. */
  readonly guard?: OrphanGuard
  readonly log?: (line: string) => void
}

export type Worker = {
  /** Looks at the assets again, after the client was built anew. */
  reload(): Promise<void>
  stop(): Promise<void>
}

/** A process that starts many, as tests do, bundles once. */
let bundled: Promise<WorkerBundle> | undefined

export async function startWorker(options: WorkerOptions): Promise<Worker> {
  let bundle = await (options.watch === true ? bundleWorker() : (bundled ??= bundleWorker()))
  const watchRuntime = createRuntimeWatch(options.guard)
  const plan = () => ({ ...planWorker(options, bundle), unsafeHandleRuntimeRestart: watchRuntime })
  const miniflare = withoutSignalHandlers(() => new Miniflare(plan()))
  await miniflare.ready
  watchRuntime()

  async function reload(): Promise<void> {
    try {
      await miniflare.setOptions(plan())
      watchRuntime()
      options.log?.('reloaded')
    } catch (error) {
      options.log?.(`the new code does not start: ${String(error)}`)
    }
  }
  const stopWatching =
    options.watch === true
      ? watchWorker(
          (changed) => {
            if (isDeepStrictEqual(changed, bundle)) return
            bundle = changed
            void reload()
          },
          (line) => options.log?.(line),
        )
      : null
  return {
    reload,
    async stop() {
      stopWatching?.()
      await miniflare.dispose()
    },
  }
}

/** Miniflare ends our process at the first signal, before anything else has been stopped in order. */
function withoutSignalHandlers<T>(make: () => T): T {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]))
  const made = make()
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (before.get(signal)?.includes(listener) !== true) process.off(signal, listener)
    }
  }
  return made
}

/** Each reload may start another workerd: tells the guard which are there now. */
function createRuntimeWatch(guard: OrphanGuard | undefined): () => void {
  let watched: number[] = []
  return () => {
    if (guard === undefined) return
    const running = findChildren().flatMap(({ pid, command }) => (command === 'workerd' ? [pid] : []))
    for (const pid of watched) if (!running.includes(pid)) guard.forget(pid)
    for (const pid of running) if (!watched.includes(pid)) guard.watch(pid, 'KILL')
    watched = running
  }
}

export function planWorker(options: WorkerOptions, bundle: WorkerBundle): MiniflareOptions {
  const { compatibility_date: compatibilityDate } = readWranglerSettings()
  return convertV4MiniflareOptions({
    host: loopbackHost,
    port: options.port,
    log: new Log(LogLevel.WARN),
    // Asking the internet where this machine stands would only delay an offline start.
    cf: false,
    telemetry: { enabled: false },
    handleStructuredLogs: ({ message }) => options.log?.(message),
    compatibilityDate,
    modules: listModules(bundle),
    bindings: { ...options.vars },
    ratelimits: { BURST_LIMIT: { namespace_id: '7420', simple: { limit: 500, period: 10 } } },
    assets: {
      directory: options.assetsDir,
      binding: 'ASSETS',
      routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
      assetConfig: { not_found_handling: 'single-page-application' },
    },
  })
}

/** wrangler.jsonc is what Cloudflare's own tools read, so what both need stands there only. */
function readWranglerSettings(): { compatibility_date: string } {
  const path = fileURLToPath(new URL('../../apps/edge-api/wrangler.jsonc', import.meta.url))
  const [, date] = /"compatibility_date":\s*"([\d-]+)"/.exec(readFileSync(path, 'utf8')) ?? []
  if (date === undefined) throw new Error('apps/edge-api/wrangler.jsonc names no compatibility date')
  return { compatibility_date: date }
}
