// docs/environment.md names every key that an env.ts reads, and none that no env.ts reads.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles, repositoryRoot } from '../repository.ts'

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')

const isKey = /^([A-Z][A-Z0-9]*(_[A-Z0-9]+)+|ASSETS|PATH|QUEUES|TZ)$/

function readKeys(path: string): Set<string> {
  const code = read(path).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  return new Set([...code.matchAll(/[A-Z0-9_]+/g)].map(([word]) => word).filter((word) => isKey.test(word)))
}

function documentedFor(path: string): Set<string> {
  const section = read('docs/environment.md')
    .split(/^## /m)
    .find((text) => text.includes(`(\`${path}\`)`))
  const cells = (section ?? '').split('\n').map((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? '')
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')))
}

const environments = listFiles().filter((path) => /^apps\/[^/]+\/src\/env\.ts$/.test(path))

test('there are files that read the environment', () => {
  expect(environments).toContain('apps/processor/src/env.ts')
})

test.each(environments)('%s reads what docs/environment.md says, and nothing else', (path) => {
  expect([...readKeys(path)].toSorted()).toEqual([...documentedFor(path)].toSorted())
})
