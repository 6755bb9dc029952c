// `npm run check:pipeline [-- --stage <name>]`: sends a picture, a film and a sound of its own through the whole system
// and says what became of each. It is the canary, asked in person.
import { InvokeCommand } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { OperatorError } from './operator-error.ts'
import { printTable } from './print-table.ts'
import { runCommand } from './run-command.ts'
import type { Stage } from './stage.ts'

const steps = ['reserved', 'sent', 'inspected', 'settled', 'verified', 'removed'] as const

const reportSchema = z.object({
  isOk: z.boolean(),
  verdicts: z.array(
    z.object({
      kind: z.string(),
      isOk: z.boolean(),
      stepsMs: z.partialRecord(z.enum(steps), z.number()),
      trouble: z.string().nullable(),
    }),
  ),
})

await runCommand({
  usage: 'check:pipeline -- [--stage <name>] [--json]',
  async run({ stage, isJson }) {
    const report = await askCanary(stage)
    if (isJson) console.log(JSON.stringify(report, null, 2))
    else {
      printTable([
        ['kind', ...steps, 'verdict'],
        ...report.verdicts.map(({ kind, stepsMs, trouble }) => [
          kind,
          ...steps.map((step) => (stepsMs[step] === undefined ? '–' : `${stepsMs[step]} ms`)),
          trouble ?? 'arrived whole',
        ]),
      ])
      console.log(report.isOk ? '\nThe pipeline works.' : '\nThe pipeline does not work: `npm run status`.')
    }
    return report.isOk ? 0 : 1
  },
})

async function askCanary(stage: Stage): Promise<z.infer<typeof reportSchema>> {
  const { Payload, FunctionError } = await stage.lambda.send(
    new InvokeCommand({ FunctionName: stage.nameOf('canary'), Payload: '{}' }),
  )
  const text = new TextDecoder().decode(Payload)
  if (FunctionError !== undefined) throw new OperatorError(`The canary itself failed: ${text.slice(0, 500)}`)
  return reportSchema.parse(JSON.parse(text))
}
