// Asks build/build-artefacts.ts for what this deployment uploads.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Artefacts } from './build/build-artefacts.ts'
import type { Settings } from './settings.ts'

export function buildArtefacts({ architecture }: Settings): Artefacts {
  const { root } = $cli.paths
  const program = join(root, 'infra/build/build-artefacts.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, join(root, '.sst/built'), architecture], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  // SST shows an error's text and nothing of what was printed.
  if (status !== 0) throw new Error(`The build failed.\n${stderr}`)
  return JSON.parse(stdout) as Artefacts
}
