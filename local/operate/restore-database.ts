// `npm run db:restore -- <file> [--stage <name>]`: here, the back-up takes the place of the database; on a stage it
// becomes a database beside it, which the secret DatabaseUrl is then pointed to (docs/runbook/back-up.md).
import { existsSync } from 'node:fs'
import { restoreDatabase } from './database/restore.ts'
import { fillBeside, swapDatabase } from './database/swap-database.ts'
import { OperatorError } from './operator-error.ts'
import { runCommand } from './run-command.ts'
import { readSetting } from './stage.ts'

const usage = 'db:restore -- <file> [--stage <name>] [--json]'

await runCommand({
  usage,
  async run({ stage, isJson, words: [file] }) {
    if (file === undefined) throw new OperatorError(`usage: npm run ${usage}`)
    if (!existsSync(file)) throw new OperatorError(`There is no file ${file}.`)
    const url = await readSetting(stage, 'migrate', 'DATABASE_URL')
    const { filled, database } = await fillBeside(url, Date.now(), (fresh) => restoreDatabase(fresh, file))
    const before = stage.isLocal ? await swapDatabase(url, database) : null
    const rows = Object.values(filled).reduce((sum, table) => sum + table.rows, 0)
    if (isJson) return console.log(JSON.stringify({ rows, database, before, tables: filled }))
    console.log(`${rows} rows of ${Object.keys(filled).length} tables are back, each compared with the back-up.`)
    if (before === null)
      console.log(`They are in the database "${database}"; docs/runbook/back-up.md says how to use it.`)
    else console.log(`The database before is kept as "${before}". Objects in S3 were not touched.`)
    console.log('Its audit log ends where the back-up does. Say so: `npm run audit:verify -- --accept-restored`.')
  },
})
