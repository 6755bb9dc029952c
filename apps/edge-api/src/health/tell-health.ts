// `/api/health/ready`: whether this site can do its work, for monitors and for `npm run status`. Nothing in it tells a
// stranger more than that. An answer is kept for a moment, so that asking often costs the database nothing.
import type { SchemaState } from '@shoebox/db/schema-state.ts'

export type Health = {
  readonly isReady: boolean
  readonly database: 'up' | 'down'
  /** Null when the database cannot be asked. */
  readonly schema: SchemaState['state'] | null
  /** How the tasks that the clock starts went when they last ran. */
  readonly tasks: readonly { readonly task: string; readonly isOk: boolean; readonly endedAt: string }[]
}

export type TellHealthDeps = {
  readonly nowMs: () => number
  readonly readHealth: () => Promise<{
    readonly schema: SchemaState['state']
    readonly rounds: readonly { readonly task: string; readonly isOk: boolean; readonly endedMs: number }[]
  }>
  /** Of this isolate: values, never promises. */
  readonly shelf: HealthShelf
}

export type HealthShelf = { kept: { readonly health: Health; readonly untilMs: number } | null }

const keptMs = 5_000

/** 200 where the site can work, 503 where it cannot. */
export async function tellHealth(deps: TellHealthDeps): Promise<Response> {
  const nowMs = deps.nowMs()
  const kept = deps.shelf.kept
  const health = kept !== null && nowMs < kept.untilMs ? kept.health : await askHealth(deps)
  deps.shelf.kept = kept?.health === health ? kept : { health, untilMs: nowMs + keptMs }
  return Response.json(health, { status: health.isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}

async function askHealth({ readHealth }: TellHealthDeps): Promise<Health> {
  try {
    const { schema, rounds } = await readHealth()
    const tasks = rounds.map(({ task, isOk, endedMs }) => ({ task, isOk, endedAt: new Date(endedMs).toISOString() }))
    // Old code on a newer schema is what every deployment begins with.
    return { isReady: schema !== 'behind', database: 'up', schema, tasks }
  } catch {
    return { isReady: false, database: 'down', schema: null, tasks: [] }
  }
}
