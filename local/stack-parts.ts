// What each part of the stack is and how it is started. Parts are imported when asked for, so that a test which only
// wants Postgres does not pay for the rest. Used by stack.ts only.
import { join } from 'node:path'
import type { PortName } from './ports.ts'
import type { OrphanGuard } from './processes/orphan-guard.ts'
import type { NeonFront } from './neon/start-neon-front.ts'
import type { Postgres } from './postgres/start-postgres.ts'
import type { StackOptions } from './stack.ts'

export type StackParts = {
  postgres: Postgres
  neon: NeonFront
}

export type PartName = keyof StackParts

export type StartContext = {
  readonly dataDir: string
  readonly guard: OrphanGuard
  readonly options: StackOptions
  /** Starts another part, or waits for it when it is already starting. */
  need<N extends PartName>(name: N): Promise<StackParts[N]>
  port(name: PortName): number | undefined
}

type Starters = { [N in PartName]: (context: StartContext) => Promise<StackParts[N]> }

export const partStarters: Starters = {
  async postgres({ dataDir, guard, options, port }) {
    const { startPostgres } = await import('./postgres/start-postgres.ts')
    return startPostgres({
      dataDir: join(dataDir, 'postgres'),
      guard,
      ...wish(port('postgres')),
      onLine: (line) => options.log?.('postgres', line),
      onDeath: (how) => options.onDeath?.('postgres', how),
    })
  },
  async neon({ port }) {
    const { startNeonFront } = await import('./neon/start-neon-front.ts')
    return startNeonFront(wish(port('neon')))
  },
}

function wish(port: number | undefined): { port?: number } {
  return port === undefined ? {} : { port }
}
