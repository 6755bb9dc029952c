// `npm run reset`: forgets all local data.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, findUser } from './data-folder.ts'
import { removeTwin } from './postgres/postgres-account.ts'

const user = findUser()
if (user === null) {
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 })
  removeTwin(join(dataFolder, 'postgres'))
  console.log('All local data is gone. `npm start` begins anew.')
} else {
  console.error(`Shoebox is running (process ${user}). Stop it with Ctrl+C, then reset.`)
  process.exitCode = 1
}
