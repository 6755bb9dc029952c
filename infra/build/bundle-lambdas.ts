// Bundles a Lambda into the folder that becomes its zip:
//   src/<name>.lambda.mjs   the entry
//   src/**/<x>.child.mjs    each program that the Lambda starts as a process of its own
//   migrations/             for the one that migrates
//   node_modules/           packages with native code, for the target's processor
import { build, type Plugin } from 'esbuild'
import { cp, mkdir, readFile, readdir, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { lambdaNames, planOf, type LambdaName } from '../plan.ts'
import type { Architecture } from '../settings.ts'
import { installNatives } from './install-natives.ts'
import { repositoryRoot } from './repository-root.ts'

const sources = join(repositoryRoot, 'apps/processor/src')

/** Returns the folder of each Lambda. */
export async function bundleLambdas(outDir: string, architecture: Architecture): Promise<Record<LambdaName, string>> {
  const folders = await Promise.all(
    lambdaNames.map(async (name) => [name, await bundleLambda(name, join(outDir, name), architecture)] as const),
  )
  return Object.fromEntries(folders) as Record<LambdaName, string>
}

async function bundleLambda(name: LambdaName, folder: string, architecture: Architecture): Promise<string> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'src'), { recursive: true })
  const natives = planOf(name).natives
  const external = natives === undefined ? [] : await installNatives(natives, architecture, folder)
  const children = await bundleEntry(join(sources, `${name}.lambda.ts`), folder, external)
  for (const child of children) await bundleEntry(child, folder, external)
  // packages/db/src/migrate.ts looks for the SQL beside the folder that it was bundled into.
  if (name === 'migrate')
    await cp(join(repositoryRoot, 'packages/db/migrations'), join(folder, 'migrations'), { recursive: true })
  await requireToFit(name, folder)
  return folder
}

/** What Lambda unpacks at most. */
const unpackedBytesMax = 262_144_000

async function requireToFit(name: LambdaName, folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  )
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (bytes > unpackedBytesMax) throw new Error(`${name} is ${Math.ceil(bytes / 1e6)} MB; Lambda unpacks 262`)
}

/** Bundles one entry to the place it has in the sources, and returns the programs that it starts. */
async function bundleEntry(entry: string, folder: string, external: readonly string[]): Promise<string[]> {
  const children = new Set<string>()
  await build({
    entryPoints: [entry],
    outfile: join(folder, 'src', relative(sources, entry).replace(/\.ts$/, '.mjs')),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    keepNames: true,
    // Stack traces in the logs name the sources' lines; half a megabyte in the zip and nothing at run time.
    sourcemap: 'linked',
    sourcesContent: false,
    // libheif is LGPL and lies in the zip as it came (natives/sharp); the other Lambdas never get to it.
    external: [...external, 'pg-native', 'libheif-js'],
    // Packages that still use CommonJS ask for these.
    banner: {
      js: "import{createRequire as __r}from'node:module';import{fileURLToPath as __f}from'node:url';const require=__r(import.meta.url),__filename=__f(import.meta.url),__dirname=__f(new URL('.',import.meta.url));",
    },
    plugins: [findChildren(children)],
    logLevel: 'error',
  })
  return [...children]
}

/** A Lambda names a program of its own by `new URL('./x.child.ts', import.meta.url)`; in the bundle it ends in .mjs. */
function findChildren(children: Set<string>): Plugin {
  const pattern = /new URL\('([^']+\.child)\.ts', import\.meta\.url\)/g
  return {
    name: 'find-children',
    setup({ onLoad }) {
      onLoad({ filter: /apps\/processor\/src\/.*\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        const contents = text.replaceAll(pattern, (_, child: string) => {
          children.add(join(path, '..', `${child}.ts`))
          return `new URL('${child}.mjs', import.meta.url)`
        })
        return { contents, loader: 'ts' }
      })
    },
  }
}
