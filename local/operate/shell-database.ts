// `npm run db:shell [-- --write] [--stage <name>]`: SQL at the keyboard, or from a pipe. Reads only, unless `--write` is
// given. Uses psql where there is one.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { printTable } from './print-table.ts'
import { runCommand } from './run-command.ts'
import { readSetting } from './stage.ts'

const readOnly = '-c default_transaction_read_only=on'

await runCommand({
  usage: 'db:shell -- [--write] [--stage <name>]',
  options: { write: { type: 'boolean' } },
  async run({ stage, options: { write } }) {
    const url = await readSetting(stage, 'migrate', 'DATABASE_URL')
    const options = write === true ? '' : readOnly
    if (spawnSync('psql', ['--version']).status === 0) return runPsql(url, options)
    await readStatements(url, options)
  },
})

/** The address goes through the environment: a command line can be read by everyone on the machine. */
async function runPsql(url: string, options: string): Promise<number> {
  const { hostname, port, username, password, pathname } = new URL(url)
  const child = spawn('psql', {
    stdio: 'inherit',
    env: {
      ...process.env,
      PGHOST: hostname,
      PGPORT: port || '5432',
      PGUSER: decodeURIComponent(username),
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: decodeURIComponent(pathname.slice(1)),
      PGOPTIONS: options,
    },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

async function readStatements(url: string, options: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, options })
  await client.connect()
  const isTerminal = process.stdin.isTTY
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: isTerminal })
  if (isTerminal) console.log('SQL, each statement ended by a semicolon. Ctrl+D ends.')
  let statement = ''
  const ask = () => {
    if (!isTerminal) return
    lines.setPrompt(statement === '' ? 'shoebox> ' : '      .> ')
    lines.prompt()
  }
  ask()
  for await (const line of lines) {
    statement += `${line}\n`
    if (line.trimEnd().endsWith(';')) {
      await runStatement(client, statement)
      statement = ''
    }
    ask()
  }
  await client.end()
}

async function runStatement(client: pg.Client, statement: string): Promise<void> {
  try {
    const { rows, fields, rowCount } = await client.query<unknown[]>({ text: statement, rowMode: 'array' })
    if (fields.length > 0)
      printTable([fields.map(({ name }) => name), ...rows.map((row) => row.map((cell) => writeCell(cell)))])
    console.log(`(${rowCount ?? 0} rows)`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
  }
}

const writeCell = (cell: unknown): string => {
  if (cell === null) return ''
  return typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '')
}
