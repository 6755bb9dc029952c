import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repositoryRoot } from '../build/repository-root.ts'

test("the configuration and infra/ fit SST's and the providers' own types", () => {
  const tsc = join(repositoryRoot, 'node_modules/.bin/tsc')
  const { stdout, status } = spawnSync(
    tsc,
    ['-p', join(repositoryRoot, 'infra/tsconfig.sst.json'), '--pretty', 'false'],
    {
      encoding: 'utf8',
      cwd: repositoryRoot,
    },
  )
  expect(stdout).toBe('')
  expect(status).toBe(0)
})
