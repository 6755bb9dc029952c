// `npm run reconcile [-- --repair] [--stage <name>]`: holds rows against objects and ledgers, and says what does not agree.
// With `--repair` it also mends what can be mended. The same comparison that runs every day, asked in person.
import { InvokeCommand } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { dollarsPerMonth } from '@shoebox/shared/operations/storage-cost.ts'
import { OperatorError } from './operator-error.ts'
import { printTable } from './print-table.ts'
import { runCommand } from './run-command.ts'
import type { Stage } from './stage.ts'

const countsSchema = z.object({ count: z.number(), bytes: z.number(), repaired: z.number() })
const sampleSchema = z.object({
  kind: z.string(),
  subject: z.string(),
  generation: z.string().nullable(),
  objects: z.number(),
  bytes: z.number(),
  isRepaired: z.boolean(),
})
const reportSchema = z.object({
  rows: z.number(),
  objects: z.number(),
  bytes: z.number(),
  found: z.record(z.string(), countsSchema),
  samples: z.array(sampleSchema),
})
type Report = z.infer<typeof reportSchema>

const samplesShown = 20

await runCommand({
  usage: 'reconcile -- [--repair] [--stage <name>] [--json]',
  options: { repair: { type: 'boolean' } },
  async run({ stage, isJson, options }) {
    const report = await compare(stage, options['repair'] === true ? 'mend' : 'report')
    if (isJson) console.log(JSON.stringify(report, null, 2))
    else print(report)
    return Object.values(report.found).every(({ count, repaired }) => count === repaired) ? 0 : 1
  },
})

/** One invocation walks as far as it may; what is left, the next one does. */
async function compare(stage: Stage, begin: 'report' | 'mend'): Promise<Report> {
  let report = await invoke(stage, { begin })
  while (report === null) report = await invoke(stage, {})
  return report
}

async function invoke(stage: Stage, event: object): Promise<Report | null> {
  const { Payload, FunctionError } = await stage.lambda.send(
    new InvokeCommand({ FunctionName: stage.nameOf('reconcile'), Payload: JSON.stringify(event) }),
  )
  const text = new TextDecoder().decode(Payload)
  if (FunctionError !== undefined) throw new OperatorError(`The comparison itself failed: ${text.slice(0, 500)}`)
  return reportSchema.nullable().parse(JSON.parse(text))
}

function print({ rows, objects, bytes, found, samples }: Report): void {
  console.log(`${rows} rows and ${objects} objects (${bytes} bytes) were held against each other.`)
  const kinds = Object.entries(found)
  if (kinds.length === 0) return console.log('They agree.')
  printTable([
    ['what', 'how many', 'bytes', 'a month', 'mended'],
    ...kinds.map(([kind, of]) => [
      kind,
      String(of.count),
      String(of.bytes),
      `$${dollarsPerMonth(of.bytes).toFixed(2)}`,
      String(of.repaired),
    ]),
  ])
  console.log()
  printTable([
    ['kind', 'of', 'generation', 'bytes'],
    ...samples.slice(0, samplesShown).map((one) => [one.kind, one.subject, one.generation ?? '–', String(one.bytes)]),
  ])
}
