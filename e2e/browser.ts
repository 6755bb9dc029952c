// Finds a Chromium and launches it. Called by browser tests, benchmarks and scripts/test.ts.
// Order: CHROMIUM_PATH, the one inside an npm package (Linux x64), the system's.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'

const run = promisify(execFile)

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Quiet, offline and sandbox-free: the pages are our own, and containers allow no sandbox. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

export type FoundBrowser = {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
  /** The one inside the npm package: the same program with the same font everywhere, so its pictures can be compared. */
  readonly isPinned: boolean
}

/** Says in a sentence what to do when there is none. */
export async function findBrowser(): Promise<FoundBrowser> {
  const wished = process.env['CHROMIUM_PATH']
  if (wished !== undefined && wished !== '') {
    if (existsSync(wished)) return { path: wished, env: {}, isPinned: false }
    throw new Error(`CHROMIUM_PATH names ${wished}, and nothing is there`)
  }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackBrowser()
  const path = systemPaths.find((candidate) => existsSync(candidate))
  if (path !== undefined) return { path, env: {}, isPinned: false }
  throw new Error('no browser was found: install Chromium or Chrome, or set CHROMIUM_PATH to one')
}

/**
 * Unpacks the browser of @sparticuz/chromium once per version. The package itself unpacks into the shared temporary
 * folder and takes whatever already lies there, even half of it: so it is given a folder of its own, which gets its
 * final name only when it is whole.
 */
async function unpackBrowser(): Promise<FoundBrowser> {
  const require = createRequire(import.meta.url)
  const manifestPath = resolve(require.resolve('@sparticuz/chromium'), '../../package.json')
  const { version } = require(manifestPath) as { version: string }
  const cache = resolve(import.meta.dirname, '../node_modules/.cache/shoebox')
  const whole = join(cache, `chromium-${version}-two-font-lists`)
  if (!existsSync(whole)) {
    const partial = `${whole}.${process.pid}`
    mkdirSync(partial, { recursive: true })
    const code = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
    const env = { ...process.env, TMPDIR: partial }
    await run(process.execPath, ['--input-type=module', '-e', code], { cwd: import.meta.dirname, env })
    for (const [file, folders] of Object.entries(fontLists))
      writeFileSync(join(partial, 'fonts', file), describeFonts(folders, join(whole, 'fontconfig')))
    try {
      renameSync(partial, whole)
    } catch (error) {
      // Another run was quicker.
      rmSync(partial, { recursive: true, force: true })
      if (!existsSync(whole)) throw error
    }
  }
  return { path: join(whole, 'chromium'), env: { FONTCONFIG_PATH: join(whole, 'fonts') }, isPinned: true }
}

const ownFonts = '<dir prefix="relative">fonts</dir>'
/** The font that the package brings, and for people those of the machine too, for emoji and other scripts. */
const fontLists = {
  'fonts.conf': `${ownFonts}<dir>/usr/share/fonts</dir>`,
  'own-fonts.conf': ownFonts,
}

/**
 * The package's own file names folders of Lambda only, and a browser that finds no font draws no letter: every text
 * would be 0 pixels high. The cache's path is whole: fontconfig takes a relative one from wherever the browser was started.
 */
const describeFonts = (folders: string, cacheDir: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${folders}
  <alias binding="strong"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <cachedir>${cacheDir.replaceAll('&', '&amp;')}</cachedir>
</fontconfig>
`

type LaunchOptions = {
  readonly isHeadless?: boolean | undefined
  /** Beside the usual ones: a camera that is not there, for instance. */
  readonly flags?: readonly string[] | undefined
  /** Only the font that the pinned browser brings: what is drawn does not depend on the machine. */
  readonly hasOwnFontOnly?: boolean | undefined
}

export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { path, env } = await findBrowser()
  return chromium.launch({
    executablePath: path,
    args: [...flags, ...(options.flags ?? [])],
    headless: options.isHeadless ?? true,
    env: { ...plainEnvironment(), ...env, ...(options.hasOwnFontOnly && { FONTCONFIG_FILE: 'own-fonts.conf' }) },
  })
}

export type ProfiledBrowser = { readonly page: Page; /** As a crash or a power cut ends it. */ kill(): void }

/** A browser of its own process over a profile folder, so that a test can kill it and start another on what is left. */
export async function launchProfile(profileDir: string): Promise<ProfiledBrowser> {
  const { path, env } = await findBrowser()
  const wish = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profileDir}`, 'about:blank']
  // A group of its own: its helpers must die with it.
  const child = spawn(path, [...flags, ...wish], { env: { ...plainEnvironment(), ...env }, detached: true })
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  process.once('exit', kill)
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`the browser ended: ${said}`)))
  })
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('the browser has no context')
  return { page: context.pages()[0] ?? (await context.newPage()), kill }
}

const plainEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
