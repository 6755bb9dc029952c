// `sst deploy` for real, with no cloud behind it: SST's own program, its own evaluation of sst.config.ts and its own
// zips. What it would have asked Pulumi to make is written down instead.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../../build/repository-root.ts'
import { sstProgram, sstSurroundings } from '../../run-sst.ts'
import { region, workersSubdomain } from './cloud-answers.ts'
import { listZip } from './list-zip.ts'
import type { Recording } from './recorded.ts'
import { startStateHome } from './state-home.ts'
import { isObject } from './wire.ts'

export type Deployment = {
  readonly stage: string
  readonly settings?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
}

export type DeploymentEnd = {
  readonly exitCode: number
  readonly output: string
  /** Absent when the deployment ended before it asked for anything. */
  readonly recording?: Recording
}

/** Accounts and tokens of whoever runs the tests are none of their business. */
const foreign =
  /^(AWS|CLOUDFLARE|NEON|PULUMI|SST)_|^(SITE|MEDIA)_DOMAIN$|^(WORKERS_SUBDOMAIN|MAIL_SENDER|ALARM_EMAIL|BUDGET_USD)$/

const harmlessSettings = {
  CLOUDFLARE_API_TOKEN: 'offline',
  CLOUDFLARE_DEFAULT_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
  WORKERS_SUBDOMAIN: workersSubdomain,
  MAIL_SENDER: 'example.com',
}

export async function recordDeployment({ stage, settings = {}, secrets = {} }: Deployment): Promise<DeploymentEnd> {
  const home = mkdtempSync(join(tmpdir(), 'shoebox-deploy-'))
  const stateHome = await startStateHome()
  const file = join(home, 'recording.json')
  try {
    const { exitCode, output } = await runSst(['deploy', '--stage', stage], {
      ...harmlessSettings,
      ...settings,
      ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`SST_SECRET_${name}`, value])),
      XDG_CONFIG_HOME: home,
      SST_PULUMI_PATH: writeStandIn(home),
      SST_PASSPHRASE: 'offline',
      RECORDING_FILE: file,
      AWS_ENDPOINT_URL: stateHome.url,
      AWS_ACCESS_KEY_ID: 'offline',
      AWS_SECRET_ACCESS_KEY: 'offline',
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
    })
    if (!existsSync(file)) return { exitCode, output }
    const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording
    for (const resource of recording.resources) listUploadedFiles(resource)
    return { exitCode, output, recording }
  } finally {
    stateHome.close()
    removeGeneratedTypes()
    rmSync(home, { recursive: true, force: true })
  }
}

/** The next recording overwrites the zips, so their lists are kept with the recording. */
function listUploadedFiles({ type, inputs }: Recording['resources'][number]): void {
  const source = inputs['source']
  if (!type.endsWith('BucketObjectv2') || !isObject(source) || typeof source['archive'] !== 'string') return
  inputs['files'] = listZip(source['archive'])
}

/** SST writes types of linked resources beside every package.json. Nothing here is linked, so they say nothing. */
function removeGeneratedTypes(): void {
  const found = globSync('**/sst-env.d.ts', {
    cwd: repositoryRoot,
    exclude: (name) => /^(node_modules|\.sst|\.git|\.local)$/.test(name),
  })
  for (const file of found) rmSync(join(repositoryRoot, file))
}

/** Lays out SST's types and components under .sst/platform; at once when they are there already. */
export async function installPlatform(): Promise<void> {
  const { exitCode, output } = await runSst(['install', '--stage', 'offline'], harmlessSettings)
  if (exitCode !== 0) throw new Error(`sst install ended with ${exitCode}\n${output}`)
}

async function runSst(args: readonly string[], env: Readonly<Record<string, string>>) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
  const child = spawn(sstProgram(), args, {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...own, ...sstSurroundings(), NO_COLOR: '1', NODE_OPTIONS: '', ...env },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1))
  })
  return { exitCode, output }
}

function writeStandIn(home: string): string {
  const file = join(home, 'sst/bin/pulumi')
  mkdirSync(join(home, 'sst/bin'), { recursive: true })
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'pulumi.ts')}" "$@"\n`)
  chmodSync(file, 0o755)
  return file
}
