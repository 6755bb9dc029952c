// Bundles the Worker: ES modules for workerd, wasm beside the code. One bundle for running, deploying, measuring and
// testing, so that what was tested is what is deployed. What is loaded when it is first needed are modules of their own:
// within one script each of them, and each module they share with the rest, would be a function that is parsed twice.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown, type Plugin } from 'rolldown'
import { watchSources } from '../processes/watch-sources.ts'

export type WorkerBundle = {
  /** The entry. */
  readonly script: string
  /** By the name that they are imported with. */
  readonly parts: ReadonlyMap<string, string>
  /** By the name that the script imports it with. */
  readonly wasm: ReadonlyMap<string, Uint8Array>
}

const entry = fileURLToPath(new URL('../../apps/edge-api/src/worker.ts', import.meta.url))
const sources = ['apps/edge-api/src', 'packages/db/src', 'packages/shared/src']

/** workerd takes compiled wasm as a module of its own and refuses to compile any at run time. */
const wasmBeside = (found: Map<string, Uint8Array>): Plugin => ({
  name: 'wasm-beside',
  resolveId: {
    filter: { id: /\.wasm$/ },
    handler(path, importer = entry) {
      const file = createRequire(importer).resolve(path)
      found.set(basename(file), readFileSync(file))
      return { id: `./${basename(file)}`, external: true }
    },
  },
})

/**
 * The driver comes as one file with a whole Postgres client over sockets in it, which the Worker never uses. Its
 * wrappers around modules and names have no effect of their own; told so, the bundler leaves out what nobody calls.
 */
const unusedDriver: Plugin = {
  name: 'unused-driver',
  transform: {
    filter: { id: /@neondatabase\/serverless\/index\.mjs$/ },
    handler: (code) =>
      code
        .replaceAll(/=([TV])\((?=\(|\w+=>)/g, '=/* @__PURE__ */$1(')
        .replaceAll(/=(\w+)\((\w+)\(\)\)/g, '=/* @__PURE__ */$1(/* @__PURE__ */$2())')
        .replaceAll(/([;}])\s*a\(\s*([\w$]+),\s*"/g, '$1/* @__PURE__ */a($2,"'),
  },
}

/**
 * Drizzle hands every kind of column there is to whoever declares a table by a function. Nobody here does: what is left are
 * the kinds that the schema names.
 */
const unusedColumns: Plugin = {
  name: 'unused-columns',
  transform: {
    filter: { id: /drizzle-orm\/pg-core\/columns\/all\.js$/ },
    handler: () => 'export const getPgColumnBuilders = () => ({})',
  },
}

/**
 * tRPC comes compiled for browsers that know no `{ ...spread }`, and with what stands in for it each call of a procedure
 * copies a dozen objects property by property: a tenth of the call's CPU time.
 */
const plainSpread: Plugin = {
  name: 'plain-spread',
  transform: {
    filter: { id: /@trpc\/server\/dist\/.*\.mjs$/, code: /function _objectSpread2/ },
    handler: (code) => code.replace(/function _objectSpread2\(e\) \{.*?\n\}/s, 'const _objectSpread2 = Object.assign'),
  },
}

/** As Miniflare takes them, the entry first. */
export const listModules = ({ script, parts, wasm }: WorkerBundle) => [
  ...[['worker.js', script] as const, ...parts].map(
    ([path, contents]) => ({ type: 'ESModule', path, contents }) as const,
  ),
  ...[...wasm].map(([path, contents]) => ({ type: 'CompiledWasm', path, contents }) as const),
]

/** What more than one part needs is evaluated at the start, but for schemas: to make one costs more than all the rest. */
const shared = { name: 'shared', minShareCount: 2, test: /(?<!\.schema)\.(?:ts|m?js)$/ }

export async function bundleWorker(): Promise<WorkerBundle> {
  const wasm = new Map<string, Uint8Array>()
  const bundle = await rolldown({
    input: entry,
    platform: 'neutral',
    resolve: {
      mainFields: ['module', 'main'],
      conditionNames: ['workerd', 'worker', 'browser', 'import'],
    },
    external: [/^cloudflare:/, /^node:/],
    transform: { target: 'es2024', define: { 'process.env.NODE_ENV': '"production"' } },
    // A class that nobody uses may go although what it extends stands in another module's exports.
    treeshake: { propertyReadSideEffects: false },
    plugins: [wasmBeside(wasm), unusedDriver, unusedColumns, plainSpread],
    logLevel: 'silent',
  })
  try {
    const { output } = await bundle.generate({
      format: 'esm',
      minify: true,
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [shared] },
    })
    const [entry, ...others] = output
    const parts = others.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part.code] as const] : []))
    return { script: entry.code, parts: new Map(parts), wasm }
  } finally {
    await bundle.close()
  }
}

/** Bundles after every change of a source file; `onBundle` is not called for code that does not compile. */
export function watchWorker(onBundle: (bundle: WorkerBundle) => void, onError: (line: string) => void): () => void {
  return watchSources(sources, () => {
    bundleWorker().then(onBundle, (error: unknown) => onError(error instanceof Error ? error.message : String(error)))
  })
}
