// Keeps the figures in bench/README.md the ones that were last measured: everything between the two marks is rewritten.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatTable } from './format-table.ts'
import type { BenchResult } from './bench-row.ts'

const begin = '<!-- results begin -->'
const end = '<!-- results end -->'

export function writeSummary(resultsFolder: string, readmeFile: string): void {
  const results = readdirSync(resultsFolder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(resultsFolder, file), 'utf8')) as BenchResult)
    .sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
  const readme = readFileSync(readmeFile, 'utf8')
  const [before, rest = ''] = readme.split(begin)
  const after = rest.slice(rest.indexOf(end))
  writeFileSync(readmeFile, `${before}${begin}\n\n${results.map(summarise).join('\n')}\n${after}`)
}

const summarise = ({ id, title, measuredAt, machine, load, lines }: BenchResult): string =>
  `### ${id}: ${title}\n\n${formatTable(lines)}\n` +
  `Measured ${measuredAt.slice(0, 10)} on ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ` +
  `load ${load.before} → ${load.after}.\n`
