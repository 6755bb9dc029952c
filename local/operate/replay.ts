// `npm run replay -- <queue> --all | --id <message>`: sends dead letters back to be tried anew. Mend their cause first.
import { queueNames, type QueueName } from '../cloud-names.ts'
import { replayDeadLetters } from './dead-letters.ts'
import { OperatorError } from './operator-error.ts'
import { runCommand } from './run-command.ts'

const usage = 'replay -- <queue> --all | --id <message> [--stage <name>] [--json]'
const isQueueName = (name: string): name is QueueName => (queueNames as readonly string[]).includes(name)

await runCommand({
  usage,
  options: { all: { type: 'boolean' }, id: { type: 'string' } },
  async run({ stage, isJson, words: [queue = ''], options: { all, id } }) {
    if ((all === true) === (id !== undefined)) throw new OperatorError(`usage: npm run ${usage}`)
    if (!isQueueName(queue))
      throw new OperatorError(`There is no queue "${queue}". There are: ${queueNames.join(', ')}.`)
    const replayed = await replayDeadLetters(stage, queue, (letter) => all === true || letter.id === id)
    if (isJson) console.log(JSON.stringify({ queue, replayed }))
    else if (replayed.length > 0) console.log(`${replayed.length} sent back to "${queue}". See \`npm run queues\`.`)
    else
      console.log(id === undefined ? `"${queue}" has no dead letters.` : `"${queue}" has no dead letter ${String(id)}.`)
    return id !== undefined && replayed.length === 0 ? 1 : 0
  },
})
