// `build-artefacts.ts <folder> <architecture>`: everything that a deployment uploads, with a list of it on standard
// output. A program of its own, since SST evaluates its configuration in one file that it bundles itself.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LambdaName } from '../plan.ts'
import { bundleLambdas } from './bundle-lambdas.ts'
import { buildSite, type SiteBuild } from './build-site.ts'

export type Artefacts = { readonly lambdas: Readonly<Record<LambdaName, string>>; readonly site: SiteBuild }

const [outDir, architecture] = process.argv.slice(2)
if (outDir === undefined || (architecture !== 'arm64' && architecture !== 'x86_64'))
  throw new Error('usage: build-artefacts.ts <folder> arm64|x86_64')
await mkdir(outDir, { recursive: true })
const [lambdas, site] = await Promise.all([
  bundleLambdas(join(outDir, architecture), architecture),
  buildSite(join(outDir, 'site')),
])
const artefacts: Artefacts = { lambdas, site }
process.stdout.write(`${JSON.stringify(artefacts)}\n`)
