// `npm run admin:grant <email> [-- --stage <name>]`: makes the account of an address an administrator. The first one is
// made like this, since nobody is there who could do it in the app.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { grantAdministrator } from '@shoebox/db/stores/administrator-store.ts'
import { OperatorError } from './operator-error.ts'
import { runCommand } from './run-command.ts'
import { readSetting } from './stage.ts'

await runCommand({
  usage: 'admin:grant <email> [-- --stage <name>]',
  async run({ stage, words: [email] }) {
    if (email === undefined) throw new OperatorError('usage: npm run admin:grant <email>')
    const db = connectPool({ connectionString: await readSetting(stage, 'migrate', 'DATABASE_URL') })
    try {
      const granted = await grantAdministrator(db, email)
      if (granted === null) throw new OperatorError(`No account has the address ${email}. Sign up with it first.`)
      console.log(`${granted.name} <${email}> looks after ${stage.title} now.`)
    } finally {
      await db.$client.end()
    }
  },
})
