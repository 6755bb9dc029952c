// The migrations in the repository are what the schema says: generating again, into a copy, yields nothing new.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { repositoryRoot } from '../repository.ts'
import { runTool } from '../run/run-tool.ts'
import { judgeFindings, oneFailure, type Outcome } from './check.ts'

const packageDir = join(repositoryRoot, 'packages/db')
const migrationsDir = join(packageDir, 'migrations')

export async function checkMigrations(): Promise<Outcome> {
  const scratch = mkdtempSync(join(tmpdir(), 'shoebox-migrations-'))
  try {
    const copy = join(scratch, 'migrations')
    cpSync(migrationsDir, copy, { recursive: true })
    const config = join(scratch, 'drizzle.config.json')
    // drizzle-kit joins `out` to its working folder, even when it is absolute.
    const out = `./${relative(packageDir, copy)}`
    writeFileSync(config, JSON.stringify({ dialect: 'postgresql', schema: './src/schema/*.ts', out }))
    const { exitCode, output } = await runTool({
      tool: 'drizzle-kit',
      args: ['generate', `--config=${relative(packageDir, config)}`],
      folder: 'packages/db',
    })
    if (exitCode !== 0) return oneFailure(output)
    const known = new Set(readdirSync(migrationsDir))
    const fresh = readdirSync(copy).filter((name) => name.endsWith('.sql') && !known.has(name))
    return judgeFindings(
      fresh.map((name) => `the schema has changed: run "npm run db:generate" (it would add ${name})`),
    )
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
