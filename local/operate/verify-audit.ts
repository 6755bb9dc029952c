// `npm run audit:verify [-- --accept-restored] [-- --stage <name>]`: holds the audit log against itself and its anchors,
// and says what is not as it was written. The same that runs every hour, asked in person. Ends with 1 when something is.
import { InvokeCommand } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { siteChain } from '@shoebox/shared/safety/audit-entry.ts'
import { OperatorError } from './operator-error.ts'
import { printTable } from './print-table.ts'
import { runCommand } from './run-command.ts'
import type { Stage } from './stage.ts'

const reportSchema = z.object({
  chains: z.number(),
  entries: z.number(),
  anchors: z.number(),
  anchored: z.number(),
  findings: z.array(
    z.object({ kind: z.string(), chain: z.string().nullable(), place: z.union([z.number(), z.string()]) }),
  ),
})
type AuditReport = z.infer<typeof reportSchema>

async function verifyAudit({ lambda, nameOf }: Stage, verify: 'only' | 'accept'): Promise<AuditReport> {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: nameOf('audit'), Payload: JSON.stringify({ verify }) }),
  )
  const text = new TextDecoder().decode(Payload)
  if (FunctionError !== undefined) throw new OperatorError(`It could not be verified: ${text.slice(0, 500)}`)
  return reportSchema.parse(JSON.parse(text))
}

const meanings: Readonly<Record<string, string>> = {
  entry_broken: 'changed, put in between or moved',
  entry_missing: 'taken out, or cut off the end',
  entry_beyond_head: 'put behind the end',
  head_wrong: 'the end of the chain was changed',
  anchor_not_met: 'was there when it was anchored, and is not any more',
  anchor_broken: 'the anchor was changed',
  anchor_missing: 'the anchor is gone',
}

function printAuditReport({ chains, entries, anchors, anchored, findings }: AuditReport): void {
  console.log(`${entries} entries in ${chains} chains were held against ${anchors} anchors.`)
  if (findings.length === 0) return console.log('The log is whole.')
  printTable([
    ['chain', 'place', 'what'],
    ...findings.map(({ kind, chain, place }) => [
      chain === siteChain ? 'site' : (chain ?? '–'),
      String(place),
      meanings[kind] ?? kind,
    ]),
  ])
  if (anchored > 0) console.log(`${anchored} chains go on from where the back-up ends.`)
}

await runCommand({
  usage: 'audit:verify -- [--accept-restored] [--stage <name>] [--json]',
  options: { 'accept-restored': { type: 'boolean' } },
  async run({ stage, isJson, options }) {
    const report = await verifyAudit(stage, options['accept-restored'] === true ? 'accept' : 'only')
    if (isJson) console.log(JSON.stringify(report, null, 2))
    else printAuditReport(report)
    return report.findings.length === 0 ? 0 : 1
  },
})
