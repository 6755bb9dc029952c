// `npm run status [-- --stage <name>] [--json]`: how every part is, and what needs somebody. Ends with 1 when something
// does.
import { printTable, writeAge, writeBytes } from './print-table.ts'
import { readStatus, type DatabaseFacts, type Status } from './read-status.ts'
import { runCommand } from './run-command.ts'

await runCommand({
  usage: 'status -- [--stage <name>] [--json]',
  async run({ stage, isJson }) {
    const nowMs = Date.now()
    const status = await readStatus(stage, nowMs)
    if (isJson) console.log(JSON.stringify(status, null, 2))
    else print(status, nowMs)
    return status.troubles.length === 0 ? 0 : 1
  },
})

/** Queues whose Lambda has another name. */
const consumers: Readonly<Record<string, string>> = {
  uploads: 'inspect',
  videos: 'video',
  outcomes: 'persist',
  notices: 'notifier',
}

function print({ site, queues, database, failures, troubles }: Status, nowMs: number): void {
  console.log(`site      ${site === null ? 'does not answer' : `${site.isUp ? 'up' : 'not well'}  ${site.origin}`}`)
  if (database !== null) printDatabase(database, nowMs)
  if (queues !== null) {
    console.log('')
    printTable([
      ['queue', 'waiting', 'in flight', 'oldest', 'dead', 'failed in the last hour'],
      ...queues.map(({ name, visible, delayed, inFlight, oldestSeconds, deadLetters }) => [
        name,
        String(visible + delayed),
        String(inFlight),
        oldestSeconds === null ? '–' : writeAge(oldestSeconds),
        String(deadLetters.length),
        String(failures?.[consumers[name] ?? name] ?? 0),
      ]),
    ])
  }
  console.log(troubles.length === 0 ? '\nAll is well.' : `\n${troubles.map((trouble) => `! ${trouble}`).join('\n')}`)
}

function printDatabase({ schema, uploads, storage, rounds }: DatabaseFacts, nowMs: number): void {
  console.log(`database  schema ${schema}`)
  console.log(`uploads   ${uploads.reserved} reserved, ${uploads.stuck} stuck, ${uploads.givenUp} given up in 24 h`)
  const kinds = storage.map(({ kind, items, bytes }) => `${items} ${kind} ${writeBytes(bytes)}`)
  console.log(`storage   ${kinds.length === 0 ? 'nothing yet' : kinds.join(', ')}`)
  for (const { task, isOk, startedMs, endedMs } of rounds)
    console.log(
      `${task.padEnd(9)} ${isOk ? 'well' : 'failed'} ${writeAge((nowMs - endedMs) / 1000)} ago, took ${((endedMs - startedMs) / 1000).toFixed(1)} s`,
    )
}
