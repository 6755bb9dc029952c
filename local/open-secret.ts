// Secrets that the deployment makes by itself in the cloud: made once here too, and kept with the data they belong to.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** 64 hexadecimal digits, the same each time. */
export function openSecret(dataDir: string, name: 'code-hmac-key' | 'audit-hmac-key' | 'link-hmac-key'): string {
  const folder = join(dataDir, 'worker')
  const path = join(folder, name)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 })
  }
  return readFileSync(path, 'utf8')
}
