// A row's figures as a table that reads the same in a terminal and in Markdown.
import type { BenchLine, Comparison } from './bench-row.ts'

const headings = ['work', 'measure', 'ours', 'against', 'theirs', 'ratio', 'target', ''] as const

export function formatTable(lines: readonly BenchLine[]): string {
  const cells = [[...headings], ...lines.flatMap(toRows)]
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const write = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [write(head), write(widths.map((width) => '-'.repeat(width))), ...body.map(write), ''].join('\n')
}

function toRows(line: BenchLine): string[][] {
  const limit =
    line.oursMax === undefined
      ? []
      : [['', '', '', '', '', '', `≤ ${line.oursMax}`, line.ours <= line.oursMax ? 'met' : 'missed']]
  const rows = line.comparisons.map((comparison) => [
    '',
    '',
    '',
    comparison.against,
    formatFigure(comparison.value),
    formatFigure(line.ours / comparison.value),
    ...judge(line.ours / comparison.value, comparison),
  ])
  const [first = ['', '', '', '', '', '', '', ''], ...others] = [...limit, ...rows]
  return [[line.work, line.measure, formatFigure(line.ours), ...first.slice(3)], ...others]
}

function judge(ratio: number, { ratioMax, ratioMin }: Comparison): [target: string, verdict: string] {
  if (ratioMax !== undefined) return [`≤ ${ratioMax} ×`, ratio <= ratioMax ? 'met' : 'missed']
  if (ratioMin !== undefined) return [`≥ ${ratioMin} ×`, ratio >= ratioMin ? 'met' : 'missed']
  return ['', '']
}

/** Three digits are as much as a shared machine can honestly say. */
const formatFigure = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
