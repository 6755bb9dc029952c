// How the reviewed SQL in packages/db/sql is written down. Used by the tests that write it.

/** One trip; several statements of a trip are one batch. */
export function showSql(call: string, queries: readonly { query: string }[]): string {
  const statements = queries.map(({ query }) => `${layOut(query)};\n`)
  return [`-- ${call}${queries.length > 1 ? ', one batch' : ''}\n`, ...statements].join('')
}

const clauses = /(?<!\n) (from|inner join|where|order by|limit|values|set|on conflict|returning) /g

/** Statements of the query builder are one line: a new line per clause outside of brackets makes them readable. */
function layOut(query: string): string {
  const lines = query.trim().split('\n')
  if (lines.length > 1) {
    const margin = Math.min(...lines.slice(1).map((line) => /^ */.exec(line)?.[0].length ?? 0))
    return lines.map((line, n) => (n === 0 ? line : line.slice(margin))).join('\n')
  }
  return query.replace(clauses, (clause, word: string, offset: number) =>
    depthAt(query, offset) === 0 ? `\n${word} ` : clause,
  )
}

const depthAt = (text: string, end: number): number =>
  text.slice(0, end).split('(').length - text.slice(0, end).split(')').length
