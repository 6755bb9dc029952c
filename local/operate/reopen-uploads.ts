// `npm run uploads:reopen -- --since <age> [--stage <name>]`: takes uploads up again that were given up for a fault of
// ours, after it was mended.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { reopenGivenUp } from '@shoebox/db/stores/reopen-store.ts'
import { OperatorError } from './operator-error.ts'
import { readAge } from './read-age.ts'
import { runCommand } from './run-command.ts'
import { readSetting } from './stage.ts'

const usage = 'uploads:reopen -- --since <age> [--stage <name>] [--json]'

await runCommand({
  usage,
  options: { since: { type: 'string' } },
  async run({ stage, isJson, options: { since } }) {
    if (typeof since !== 'string') throw new OperatorError(`usage: npm run ${usage}`)
    const db = connectPool({ connectionString: await readSetting(stage, 'migrate', 'DATABASE_URL') })
    try {
      const { reopened, waiting } = await reopenGivenUp(db, Date.now() - readAge(since))
      if (isJson) console.log(JSON.stringify({ reopened, waiting }))
      else
        console.log(`${reopened} opened again.${waiting === 0 ? '' : ` ${waiting} wait for the purge: run it again.`}`)
      return waiting === 0 ? 0 : 1
    } finally {
      await db.$client.end()
    }
  },
})
