// How the tasks that the clock starts went when they last ran. Written by them, read by `npm run status` and by whoever
// shows the system's health.
import type { PoolDatabase } from '../connect-pool.ts'
import { rounds } from '../schema/operations.ts'

export type Round = {
  /** The Lambda's name. */
  readonly task: string
  readonly startedMs: number
  readonly endedMs: number
  readonly isOk: boolean
  /** Plain JSON, for people to read. No addresses, no codes. */
  readonly report: unknown
}

/** Keeps a round in place of the task's last one. One that has nothing to say yet is kept as well. */
export async function keepRound(db: PoolDatabase, { task, startedMs, endedMs, isOk, report }: Round): Promise<void> {
  const row = { startedAt: new Date(startedMs), endedAt: new Date(endedMs), isOk, report: report ?? {} }
  await db
    .insert(rounds)
    .values({ task, ...row })
    .onConflictDoUpdate({ target: rounds.task, set: row })
}

/** The last round of every task, by name. */
export async function findRounds(db: PoolDatabase): Promise<Round[]> {
  const rows = await db.select().from(rounds).orderBy(rounds.task)
  return rows.map(toRound)
}

export const toRound = ({ task, startedAt, endedAt, isOk, report }: typeof rounds.$inferSelect): Round => ({
  task,
  startedMs: startedAt.getTime(),
  endedMs: endedAt.getTime(),
  isOk,
  report,
})
