import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Changes when a statement, or the order of the files, does. */
export function hashMigrations(folder: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(folder, file)))
      .update('\0')
  return hash.digest('hex')
}
