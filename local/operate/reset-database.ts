// `npm run db:reset`: an empty database in place of the local one. `npm run reset` forgets the files as well.
import { migrate } from '@shoebox/db/migrate.ts'
import { dropDatabase, fillBeside, swapDatabase } from './database/swap-database.ts'
import { askAudit } from './ask-audit.ts'
import { OperatorError } from './operator-error.ts'
import { runCommand } from './run-command.ts'
import { readSetting } from './stage.ts'

await runCommand({
  usage: 'db:reset',
  async run({ stage }) {
    if (!stage.isLocal) {
      throw new OperatorError(
        'A deployed stage is not emptied: remove it with `npm run sst -- remove --stage <name>` and deploy it anew.',
      )
    }
    const url = await readSetting(stage, 'migrate', 'DATABASE_URL')
    const { database } = await fillBeside(url, Date.now(), (fresh) => migrate(fresh))
    await dropDatabase(url, await swapDatabase(url, database))
    // Its anchors stay in S3, and are not met any more.
    await askAudit(stage, 'accept')
    console.log('The database is empty. Files in S3 are still there; `npm run reset` forgets them too.')
  },
})
