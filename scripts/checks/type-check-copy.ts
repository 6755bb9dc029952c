// A copy of the web client and of everything whose types it sees, in which a test may change the API and ask the type
// check what breaks. Used by rename.test.ts.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../repository.ts'

/** Folders the client's types reach, and the folders of them that the client may see. */
const packages = { 'apps/web': 'src', 'apps/edge-api': 'src', 'packages/shared': 'src', 'packages/db': 'src' }

/** The list of migrations, whose type the database's package reads. */
const journal = 'packages/db/migrations/meta/_journal.json'

export type TypeError = { readonly path: string; readonly line: number; readonly message: string }

export type TypeCheckCopy = {
  /** Replaces text in the files that match; says how often. */
  readonly edit: (glob: string, pattern: RegExp, replacement: string) => number
  /** Puts everything back as it was. */
  readonly restore: () => void
  /** What the type check of the client says. */
  readonly check: () => Promise<TypeError[]>
  readonly drop: () => void
}

export function copyForTypeCheck(): TypeCheckCopy {
  const root = mkdtempSync(join(tmpdir(), 'shoebox-types-'))
  const originals = new Map<string, string>()
  for (const name of ['tsconfig.base.json', 'package.json']) cpSync(join(repositoryRoot, name), join(root, name))
  symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'))
  cpSync(join(repositoryRoot, journal), join(root, journal))
  for (const [folder, sources] of Object.entries(packages)) {
    const from = join(repositoryRoot, folder)
    cpSync(join(from, sources), join(root, folder, sources), { recursive: true })
    for (const name of ['package.json', 'tsconfig.json', 'tsconfig.source.json'])
      if (existsSync(join(from, name))) cpSync(join(from, name), join(root, folder, name))
    symlinkSync(join(from, 'node_modules'), join(root, folder, 'node_modules'))
  }
  const config = join(root, 'apps/web/tsconfig.copy.json')
  // Through node_modules our own packages would be found at the original place: these paths lead to the copy.
  const paths = {
    '@shoebox/edge-api/*': ['../edge-api/*'],
    '@shoebox/shared/*': ['../../packages/shared/src/*'],
    '@shoebox/db/*': ['../../packages/db/src/*'],
  }
  writeFileSync(config, JSON.stringify({ extends: './tsconfig.source.json', compilerOptions: { paths } }))

  return {
    edit(glob, pattern, replacement) {
      let count = 0
      for (const path of globSync(glob, { cwd: root }).map((name) => join(root, name))) {
        const before = readFileSync(path, 'utf8')
        const found = [...before.matchAll(pattern)].length
        if (found === 0) continue
        count += found
        if (!originals.has(path)) originals.set(path, before)
        writeFileSync(path, before.replaceAll(pattern, replacement))
      }
      return count
    },
    restore() {
      for (const [path, text] of originals) writeFileSync(path, text)
      originals.clear()
    },
    check: () => runCheck(root),
    drop: () => rmSync(root, { recursive: true, force: true }),
  }
}

async function runCheck(root: string): Promise<TypeError[]> {
  const tsc = join(repositoryRoot, 'node_modules/.bin/tsc')
  const output = await new Promise<string>((resolve) => {
    execFile(
      tsc,
      ['-p', 'apps/web/tsconfig.copy.json', '--singleThreaded', '--pretty', 'false'],
      { cwd: root, maxBuffer: 2 ** 26 },
      (_, out) => resolve(out),
    )
  })
  const errors = [...output.matchAll(/^(.+?)\((\d+),\d+\): error (.*)$/gm)].map(
    ([, path = '', line, message = '']) => ({
      path,
      line: Number(line),
      message,
    }),
  )
  if (errors.length === 0 && output.trim() !== '') throw new Error(`the type check did not run: ${output}`)
  return errors
}
