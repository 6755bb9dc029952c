// `npm run status [-- --stage <name>] [--json]`: how every part is, and what needs somebody. Ends with 1 when something
// does.
import { isLate } from '@shoebox/shared/operations/judge-system.ts'
import { everyMinutes, periodMsOf } from '@shoebox/shared/operations/expectations.ts'
import { canaryReportSchema, reconcileReportSchema } from '@shoebox/shared/operations/observation.schema.ts'
import { functionDeclarations } from '../lambda/declare-functions.ts'
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

function print(status: Status, nowMs: number): void {
  const { site, database, troubles } = status
  console.log(`site      ${site === null ? 'does not answer' : `${site.isUp ? 'up' : 'not well'}  ${site.origin}`}`)
  if (database !== null) printDatabase(database)
  printQueues(status)
  if (database !== null) printRounds(database, nowMs)
  console.log(troubles.length === 0 ? '\nAll is well.' : `\n${troubles.map((trouble) => `! ${trouble}`).join('\n')}`)
}

function printDatabase({ schema, uploads, storage }: DatabaseFacts): void {
  const { reserved, stuck, givenUp, undeleted } = uploads
  console.log(`database  schema ${schema}`)
  console.log(`uploads   ${reserved} reserved, ${stuck} stuck, ${givenUp} given up in 24 h`)
  console.log(`deletions ${undeleted} due for an hour and more`)
  const kinds = storage.map(({ kind, items, bytes }) => `${items} ${kind} ${writeBytes(bytes)}`)
  console.log(`storage   ${kinds.length === 0 ? 'nothing yet' : kinds.join(', ')}`)
}

function printQueues({ queues, failures }: Status): void {
  if (queues === null) return
  console.log('')
  printTable([
    ['queue', 'for', 'waiting', 'in flight', 'oldest', 'dead', 'failed in the last hour'],
    ...queues.map(({ name, visible, delayed, inFlight, oldestSeconds, deadLetters }) => {
      const consumer = Object.entries(functionDeclarations).find(([, { source }]) => source?.queue === name)?.[0]
      return [
        name,
        consumer ?? '–',
        String(visible + delayed),
        String(inFlight),
        oldestSeconds === null ? '–' : writeAge(oldestSeconds),
        String(deadLetters.length),
        String(failures?.[consumer ?? ''] ?? 0),
      ]
    }),
  ])
}

function printRounds({ rounds }: DatabaseFacts, nowMs: number): void {
  const waiting = Object.keys(everyMinutes).filter((task) => rounds.every((round) => round.task !== task))
  console.log('')
  printTable([
    ['task', 'every', 'last', 'took', 'result'],
    ...rounds.map(({ task, isOk, startedMs, endedMs, report }) => [
      task,
      Number.isFinite(periodMsOf(task)) ? writeAge(periodMsOf(task) / 1000) : '–',
      `${writeAge((nowMs - endedMs) / 1000)} ago`,
      `${((endedMs - startedMs) / 1000).toFixed(1)} s`,
      `${isOk ? 'well' : 'failed'}${isLate({ task, endedMs }, nowMs) ? ', late' : ''}${describeResult(task, report)}`,
    ]),
    ...waiting.map((task) => [task, writeAge(periodMsOf(task) / 1000), '–', '–', 'has not run yet']),
  ])
}

/** The two that prove something say what. */
function describeResult(task: string, report: unknown): string {
  if (task === 'canary') {
    const verdicts = canaryReportSchema.safeParse(report).data ?? []
    return verdicts.map(({ kind, trouble }) => `, ${kind} ${trouble ?? 'arrived'}`).join('')
  }
  if (task !== 'reconcile') return ''
  const last = reconcileReportSchema.safeParse(report).data
  if (last === undefined) return ', nothing compared yet'
  const found = Object.entries(last.found).map(
    ([kind, { count, repaired }]) => `${count} ${kind}${repaired === 0 ? '' : ` (${repaired} being mended)`}`,
  )
  return `, ${last.rows} rows against ${last.objects} objects: ${found.length === 0 ? 'they agree' : found.join(', ')}`
}
