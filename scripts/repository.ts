// The repository seen as files. Used by the checks.
import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const repositoryRoot = resolve(import.meta.dirname, '..')

/** Paths of everything that is or would be committed, relative to the root. */
export function listFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z']
  try {
    const text = execFileSync('git', args, {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const deleted = new Set(
      execFileSync('git', ['ls-files', '--deleted', '-z'], { cwd: repositoryRoot, encoding: 'utf8' }).split('\0'),
    )
    return text.split('\0').filter((path) => path !== '' && !deleted.has(path))
  } catch {
    return listWithoutGit()
  }
}

/** For a tree that came as an archive: everything but what .gitignore names. */
function listWithoutGit(): string[] {
  const ignored = new Set(['node_modules', 'dist', '.local', '.wrangler', '.git'])
  return globSync('**/*', {
    cwd: repositoryRoot,
    withFileTypes: true,
    exclude: (entry) => ignored.has(entry.name),
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(repositoryRoot.length + 1))
}
