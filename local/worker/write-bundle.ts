// Writes the Worker's bundle into a folder, the entry as worker.js: `node local/worker/write-bundle.ts <folder>`. For the
// deployment, which names this file by its path.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleWorker } from './bundle-worker.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('say into which folder')
const { script, wasm } = await bundleWorker()
await mkdir(folder, { recursive: true })
await Promise.all([['worker.js', script] as const, ...wasm].map(([name, body]) => writeFile(join(folder, name), body)))
