// `npm run audit:verify [-- --accept-restored] [-- --stage <name>]`: holds the audit log against itself and its anchors,
// and says what is not as it was written. The same that runs every hour, asked in person. Ends with 1 when something is.
import { siteChain } from '@shoebox/shared/safety/audit-entry.ts'
import { askAudit, type AuditReport } from './ask-audit.ts'
import { printTable } from './print-table.ts'
import { runCommand } from './run-command.ts'

const meanings: Readonly<Record<string, string>> = {
  entry_broken: 'changed, put in between or moved',
  entry_missing: 'taken out, or cut off the end',
  entry_beyond_head: 'put behind the end',
  head_wrong: 'the end of the chain was changed',
  anchor_not_met: 'was there when it was anchored, and is not any more',
  anchor_broken: 'the anchor was changed',
  anchor_missing: 'the anchor is gone',
}

function printAuditReport({ chains, entries, anchors, findings }: AuditReport): void {
  console.log(`Held against each other: entries ${entries}, chains ${chains}, anchors ${anchors}.`)
  if (findings.length === 0) return console.log('The log is whole.')
  printTable([
    ['chain', 'place', 'what'],
    ...findings.map(({ kind, chain, place }) => [
      chain === siteChain ? 'site' : (chain ?? '–'),
      String(place),
      meanings[kind] ?? kind,
    ]),
  ])
}

await runCommand({
  usage: 'audit:verify -- [--accept-restored] [--stage <name>] [--json]',
  options: { 'accept-restored': { type: 'boolean' } },
  async run({ stage, isJson, options }) {
    const { anchored } = options['accept-restored'] === true ? await askAudit(stage, 'accept') : { anchored: 0 }
    if (anchored > 0 && !isJson) console.log(`${anchored} chains go on from where the back-up ends.`)
    const report = await askAudit(stage, 'only')
    if (isJson) console.log(JSON.stringify(report, null, 2))
    else printAuditReport(report)
    return report.findings.length === 0 ? 0 : 1
  },
})
