// `npm run scan-history`: secrets in any commit of any branch, also ones that a later commit took out again. Run by CI
// every week (.github/workflows/audit.yml); what is in the tree now, the checks find at every run.
import { execFileSync } from 'node:child_process'
import { findSecrets } from './checks/check-secrets.ts'
import { repositoryRoot } from './repository.ts'

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8', maxBuffer: 2 ** 30 })

const findings = new Set<string>()
for (const commit of git('rev-list', '--all').split('\n').filter(Boolean)) {
  const added = git('show', '--no-color', '--unified=0', '--diff-filter=AM', '--format=', commit)
  for (const file of added.split(/^diff --git /m)) {
    const path = /^\+\+\+ b\/(.*)$/m.exec(file)?.[1]
    // A test of the scanner itself makes what it must find.
    if (path === undefined || path.endsWith('check-secrets.test.ts')) continue
    const text = file
      .split('\n')
      .filter((line) => /^\+(?!\+\+)/.test(line))
      .map((line) => line.slice(1))
      .join('\n')
    for (const finding of findSecrets(path, text)) findings.add(`${commit.slice(0, 12)} ${finding}`)
  }
}
for (const finding of findings) console.log(finding)
console.log(`${findings.size} secrets in the history`)
if (findings.size > 0) process.exitCode = 1
