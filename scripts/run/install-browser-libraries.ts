// The browser comes with npm, the system libraries it links to do not. Called before browser tests and benchmarks.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser } from '../../e2e/browser.ts'

/** Debian's package for each library that a small image may lack. */
const packageOf: Readonly<Record<string, string>> = {
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libplc4.so': 'libnss3',
  'libplds4.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libexpat.so.1': 'libexpat1',
  'libgcc_s.so.1': 'libgcc-s1',
}

/** Answers null when the browser can start, else a sentence that says what to do. */
export async function installBrowserLibraries(): Promise<string | null> {
  let path: string
  try {
    ;({ path } = await findBrowser())
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const missing = listMissing(path)
  if (missing.length === 0) return null
  const packages = [...new Set(missing.map((library) => packageOf[library] ?? library))]
  const sentence =
    `the browser needs ${missing.join(', ')}: install ${packages.join(' ')} ` +
    '(Debian and Ubuntu: apt-get install), or set CHROMIUM_PATH to a browser that starts'
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return sentence
  console.log(`  installing ${packages.join(' ')} for the browser`)
  // Package lists of an image are often absent or old: a second try refreshes them first.
  if (!aptInstall(packages)) {
    runApt(['update', '-qq'])
    aptInstall(packages)
  }
  return listMissing(path).length === 0 ? null : sentence
}

export function listMissing(program: string): string[] {
  if (process.platform !== 'linux') return []
  try {
    const text = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return readMissing(text)
  } catch {
    // No ldd, or a script instead of a program: let the launch itself tell.
    return []
  }
}

export const readMissing = (lddText: string): string[] =>
  [...lddText.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '')

const aptInstall = (packages: readonly string[]) =>
  runApt(['install', '-y', '-qq', '--no-install-recommends', ...packages])

function runApt(args: readonly string[]): boolean {
  try {
    execFileSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    return true
  } catch {
    return false
  }
}
