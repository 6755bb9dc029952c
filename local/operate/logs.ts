// `npm run logs -- [part …] [--since 15m] [--find <text>] [--follow]`: what the parts said, in the order of time. `--find`
// with a request's id, or an item's, shows its whole way.
import { lambdaNames } from '../cloud-names.ts'
import { printLine } from '../print-line.ts'
import { findLogLines, type FoundLine } from './find-log-lines.ts'
import { OperatorError } from './operator-error.ts'
import { readAge } from './read-age.ts'
import { runCommand } from './run-command.ts'
import type { Stage } from './stage.ts'

const localParts = ['worker', 'postgres', 's3', 'sqs'] as const

await runCommand({
  usage: 'logs -- [part …] [--since 15m] [--find <text>] [--follow] [--stage <name>] [--json]',
  options: { since: { type: 'string' }, find: { type: 'string' }, follow: { type: 'boolean' } },
  async run({ stage, isJson, words, options }) {
    const parts = chooseParts(stage, words)
    const find = typeof options['find'] === 'string' ? options['find'] : undefined
    let fromMs = Date.now() - readAge(String(options['since'] ?? '15m'))
    for (;;) {
      const found = await collect(stage, parts, { fromMs, words: find })
      for (const line of found) {
        if (isJson) console.log(JSON.stringify(line))
        else printLine(line.part, line.text)
      }
      if (options['follow'] !== true) return
      fromMs = (found.at(-1)?.timeMs ?? fromMs - 1) + 1
      await new Promise((resolve) => setTimeout(resolve, stage.isLocal ? 500 : 2000))
    }
  },
})

function chooseParts(stage: Stage, words: readonly string[]): readonly string[] {
  const known = stage.isLocal ? [...lambdaNames, ...localParts] : lambdaNames
  if (!stage.isLocal && words.includes('worker')) {
    throw new OperatorError(
      'The Worker logs at Cloudflare: `npx wrangler tail shoebox-<stage>`, or Workers → Logs in its dashboard.',
    )
  }
  const unknown = words.find((word) => !(known as readonly string[]).includes(word))
  if (unknown !== undefined) throw new OperatorError(`There is no part "${unknown}". There are: ${known.join(', ')}.`)
  return words.length === 0 ? known : words
}

async function collect(stage: Stage, parts: readonly string[], wish: Parameters<typeof findLogLines>[2]) {
  const lines: FoundLine[] = []
  await Promise.all(
    parts.map(async (part) => {
      for await (const line of findLogLines(stage, part, wish)) lines.push(line)
    }),
  )
  return lines.sort((a, b) => a.timeMs - b.timeMs)
}
