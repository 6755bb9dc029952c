// `npm run db:backup -- [file] [--stage <name>]`: all rows of the database, as of now, in one file.
import { resolve } from 'node:path'
import { backUpDatabase } from './database/back-up.ts'
import { runCommand } from './run-command.ts'
import { readSetting } from './stage.ts'

await runCommand({
  usage: 'db:backup -- [file] [--stage <name>] [--json]',
  async run({ stage, isJson, words: [name] }) {
    const nowMs = Date.now()
    const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '')
    const file = resolve(name ?? `shoebox-${stamp}.backup.gz`)
    const sums = await backUpDatabase(await readSetting(stage, 'migrate', 'DATABASE_URL'), file, nowMs)
    const rows = Object.values(sums).reduce((sum, table) => sum + table.rows, 0)
    if (isJson) console.log(JSON.stringify({ file, rows, tables: sums }))
    else
      console.log(
        `${rows} rows of ${Object.keys(sums).length} tables are in ${file}.\nIt holds addresses and password hashes: keep it as you keep keys.`,
      )
  },
})
