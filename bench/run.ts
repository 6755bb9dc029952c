// `npm run bench [name …]`: runs the rows that are named by id or name, or all of them, prints a table for each, and
// writes bench/results/<id>.json and the summary in bench/README.md. Ends with 1 where a bound that must hold is broken.
// Never part of the tests.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { BenchResult, BenchRow } from './bench-row.ts'
import { formatTable } from './format-table.ts'
import { writeSummary } from './write-summary.ts'

const folder = import.meta.dirname
const resultsFolder = join(folder, 'results')

async function findRows(): Promise<BenchRow[]> {
  const files = readdirSync(join(folder, 'rows')).filter((file) => file.endsWith('.bench.ts'))
  const modules = await Promise.all(
    files.map((file) => import(join(folder, 'rows', file)) as Promise<{ readonly row: BenchRow }>),
  )
  return modules.map(({ row }) => row).sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
}

const round = (value: number): number => Math.round(value * 100) / 100
const readLoad = (): number => round(loadavg()[0] ?? 0)

async function measure(row: BenchRow): Promise<BenchResult> {
  const before = readLoad()
  const lines = await row.run((progress) => process.stderr.write(`  ${row.id} ${progress}\n`))
  return {
    id: row.id,
    title: row.title,
    measuredAt: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version },
    load: { before, after: readLoad() },
    lines,
  }
}

const rows = await findRows()
const wanted = process.argv.slice(2).map((name) => name.toLowerCase())
const unknown = wanted.filter((name) => !rows.some((row) => [row.id.toLowerCase(), row.name].includes(name)))
if (unknown.length > 0) {
  const known = rows.map((row) => `${row.id} (${row.name})`).join(', ')
  process.stderr.write(`no such row: ${unknown.join(', ')}. There are ${known}\n`)
  process.exit(1)
}

/** Bounds that have to hold on any machine, and did not. */
const broken: string[] = []
mkdirSync(resultsFolder, { recursive: true })
for (const row of rows) {
  if (wanted.length > 0 && !wanted.includes(row.id.toLowerCase()) && !wanted.includes(row.name)) continue
  process.stderr.write(`${row.id}: ${row.title}\n`)
  const result = await measure(row)
  writeFileSync(join(resultsFolder, `${row.id.toLowerCase()}.json`), `${JSON.stringify(result, null, 2)}\n`)
  process.stdout.write(`\n${result.id}: ${result.title}\n${formatTable(result.lines)}`)
  for (const { work, measure, ours, oursMax = Infinity, mustHold } of result.lines)
    if (mustHold === true && !(ours <= oursMax)) broken.push(`${row.id}: ${work}: ${ours} ${measure}, not ${oursMax}`)
  process.stdout.write(`load ${result.load.before} → ${result.load.after} on ${result.machine.cores} cores\n\n`)
}
writeSummary(resultsFolder, join(folder, 'README.md'))
for (const line of broken) process.stderr.write(`${line}\n`)
process.exit(broken.length === 0 ? 0 : 1)
