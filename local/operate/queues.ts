// `npm run queues [-- --stage <name>] [--json]`: what waits, and what failed every time.
import { listQueues } from './list-queues.ts'
import { printTable, writeAge } from './print-table.ts'
import { runCommand } from './run-command.ts'

await runCommand({
  usage: 'queues -- [--stage <name>] [--json]',
  async run({ stage, isJson }) {
    const queues = await listQueues(stage)
    if (isJson) return console.log(JSON.stringify(queues, null, 2))
    printTable([
      ['queue', 'waiting', 'in flight', 'oldest', 'dead letters'],
      ...queues.map(({ name, visible, delayed, inFlight, oldestSeconds, deadLetters }) => [
        name,
        String(visible + delayed),
        String(inFlight),
        oldestSeconds === null ? '–' : writeAge(oldestSeconds),
        String(deadLetters.length),
      ]),
    ])
    for (const { name, deadLetters } of queues) {
      if (deadLetters.length === 0) continue
      console.log(`\n${name}: ${deadLetters.length} dead. Send them back with \`npm run replay -- ${name} --all\`.`)
      for (const { id, sentAt, reason, summary } of deadLetters)
        console.log(`  ${id}  sent ${sentAt}\n    ${summary}\n    ${reason ?? 'the log does not say why'}`)
    }
  },
})
