// Writes the Worker's bundle into a folder, the entry as worker.js: `node local/worker/write-bundle.ts <folder>`. For the
// deployment, which names this file by its path.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleWorker, listModules } from './bundle-worker.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('say into which folder')
const modules = listModules(await bundleWorker())
await mkdir(folder, { recursive: true })
await Promise.all(modules.map(({ path, contents }) => writeFile(join(folder, path), contents)))
