import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))

test('the migrations say all that the schema says', () => {
  const copy = mkdtempSync(join(tmpdir(), 'migrations-'))
  try {
    cpSync(join(packageFolder, 'migrations'), copy, { recursive: true })
    const kit = join(packageFolder, 'node_modules/drizzle-kit/bin.cjs')
    // The tool joins its own folder in front of `out`, so it is told where the copy is from here.
    const out = relative(packageFolder, copy)
    const args = ['generate', '--dialect', 'postgresql', '--schema', './src/schema/*.ts', '--out', out]
    const { stdout, stderr } = spawnSync(process.execPath, [kit, ...args], { cwd: packageFolder, encoding: 'utf8' })
    expect(`${stdout}${stderr}`).toContain('No schema changes')
    expect(readdirSync(copy)).toEqual(readdirSync(join(packageFolder, 'migrations')))
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}, 30_000)
