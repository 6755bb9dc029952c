// `npm run admin:grant <email> [-- --stage <name>]`: makes the account of an address an administrator. The first one is
// made like this, since nobody is there who could do it in the app.
import { randomBytes } from 'node:crypto'
import { makeDeriveRowKey, makeSealEntry } from '@shoebox/db/audit-seal.ts'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { grantAdministrator } from '@shoebox/db/stores/administrator-store.ts'
import { makeId } from '@shoebox/shared/ids.ts'
import { OperatorError } from './operator-error.ts'
import { runCommand } from './run-command.ts'
import { readSetting, type Stage } from './stage.ts'

await runCommand({
  usage: 'admin:grant <email> [-- --stage <name>]',
  async run({ stage, words: [email] }) {
    if (email === undefined) throw new OperatorError('usage: npm run admin:grant <email>')
    const db = connectPool({ connectionString: await readSetting(stage, 'migrate', 'DATABASE_URL') })
    try {
      const granted = await grantAdministrator(db, { email, audit: await sealGrant(stage) })
      if (granted === null) throw new OperatorError(`No account has the address ${email}. Sign up with it first.`)
      console.log(`${granted.name} <${email}> looks after ${stage.title} now.`)
    } finally {
      await db.$client.end()
    }
  },
})

/** Nobody in the app did it, and the statement finds out whose account it is. */
async function sealGrant(stage: Stage) {
  const atMs = Date.now()
  const derive = await makeDeriveRowKey(await readSetting(stage, 'audit', 'AUDIT_HMAC_KEY'))
  const seal = makeSealEntry(derive, () => makeId('audit', atMs, randomBytes(10)))
  return await seal({ chain: null, action: 'role.set', actorId: null, subject: { kind: 'user', id: null }, atMs })
}
