// Bundles the Worker as it is deployed: ES modules for workerd, wasm beside the code. Used by the local stack, by
// benchmarks and by whoever wants to know the bundle's size.
import { build, context, type BuildOptions, type Plugin } from 'esbuild'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

export type WorkerBundle = {
  readonly script: string
  readonly wasm: ReadonlyMap<string, Uint8Array>
}

const entry = fileURLToPath(new URL('../../apps/edge-api/src/worker.ts', import.meta.url))

/** workerd takes compiled wasm as a module of its own and refuses to compile any at run time. */
const wasmBeside = (found: Map<string, Uint8Array>): Plugin => ({
  name: 'wasm-beside',
  setup(builder) {
    builder.onResolve({ filter: /\.wasm$/ }, ({ path, importer }) => {
      const file = createRequire(importer).resolve(path)
      found.set(basename(file), readFileSync(file))
      return { path: `./${basename(file)}`, external: true }
    })
  },
})

const options = (wasm: Map<string, Uint8Array>) =>
  ({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    minify: true,
    keepNames: false,
    logLevel: 'silent',
    plugins: [wasmBeside(wasm)],
  }) satisfies BuildOptions

export async function bundleWorker(): Promise<WorkerBundle> {
  const wasm = new Map<string, Uint8Array>()
  const { outputFiles } = await build(options(wasm))
  return { script: outputFiles[0]?.text ?? '', wasm }
}

/** Bundles now and after every change of a source file; `onBundle` is not called for code that does not compile. */
export async function watchWorker(onBundle: (bundle: WorkerBundle) => void, onError: (line: string) => void) {
  const wasm = new Map<string, Uint8Array>()
  const report: Plugin = {
    name: 'report',
    setup(builder) {
      builder.onEnd(({ errors, outputFiles }) => {
        for (const { text, location } of errors) onError(`${location?.file ?? ''}:${location?.line ?? ''} ${text}`)
        const script = outputFiles?.[0]?.text
        if (errors.length === 0 && script !== undefined) onBundle({ script, wasm })
      })
    },
  }
  const base = options(wasm)
  const watching = await context({ ...base, plugins: [...base.plugins, report] })
  await watching.watch()
  return () => watching.dispose()
}
