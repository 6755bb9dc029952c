// `npm run reset`: forgets all local data.
import { rmSync } from 'node:fs'
import { dataFolder, findUser } from './data-folder.ts'

const user = findUser()
if (user === null) {
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 })
  console.log('All local data is gone. `npm start` begins anew.')
} else {
  console.error(`Shoebox is running (process ${user}). Stop it with Ctrl+C, then reset.`)
  process.exitCode = 1
}
