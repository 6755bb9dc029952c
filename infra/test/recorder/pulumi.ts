// Stands in for the `pulumi` program that SST starts: knows the few commands that a deployment uses, and instead of
// deploying writes a recording to RECORDING_FILE.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Recording } from './recorded.ts'
import { recordProgram } from './record-program.ts'

const args = process.argv.slice(2)
const [command = '', subcommand] = args

function initStack(qualifiedName: string): void {
  const [, app = '', stage = ''] = qualifiedName.split('/')
  writeState(app, stage, [])
}

async function deploy(): Promise<void> {
  const [, app = '', stage = ''] = flag('--stack').split('/')
  const main = /main: (.*)/.exec(readFileSync('Pulumi.yaml', 'utf8'))?.[1]
  if (main === undefined) throw new Error('Pulumi.yaml names no program')
  const { stdout, ...recording } = await recordProgram({
    platform: dirname(main),
    project: app,
    stage,
    main,
    folder: process.cwd(),
    config: Object.fromEntries<string>(
      flags('--config').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const),
    ),
  })
  const file = process.env['RECORDING_FILE']
  if (file !== undefined) writeFileSync(file, JSON.stringify(recording))
  process.stdout.write(stdout)
  process.stderr.write(recording.stderr)
  tell(recording)
  writeState(app, stage, recording.resources.map(writeResource))
  const hasErrors = recording.messages.some(({ severity }) => severity >= 3)
  process.exitCode = recording.exitCode === 0 && !hasErrors ? 0 : 1
}

function flag(name: string): string {
  return flags(name)[0] ?? ''
}

function flags(name: string): string[] {
  return args.flatMap((arg, index) => (arg === name ? [args[index + 1] ?? ''] : []))
}

/** SST reads the events of a deployment from a log, to show and to act on. */
function tell({ messages, resources, exitCode, stderr }: Recording): void {
  const log = flag('--event-log')
  const emit = (event: object) => appendFileSync(log, `${JSON.stringify({ sequence: 0, timestamp: 0, ...event })}\n`)
  const severities = ['debug', 'info', 'warning', 'error']
  const diagnose = (severity: string, message: string, urn = '') =>
    emit({ diagnosticEvent: { urn, message, color: 'never', severity } })
  for (const { severity, text, urn } of messages) diagnose(severities[severity] ?? 'error', text, urn)
  for (const resource of resources) {
    const { urn, type } = resource
    const metadata = {
      op: 'create',
      urn,
      type,
      old: null,
      new: writeResource(resource),
      keys: null,
      diffs: [],
      detailedDiff: {},
      logical: true,
    }
    emit({ resOutputsEvent: { metadata, planning: false } })
  }
  if (exitCode !== 0 && !messages.some(({ severity }) => severity >= 3))
    diagnose('error', stderr.trim() || `ended with ${exitCode}`)
  emit({
    summaryEvent: {
      maybeCorrupt: false,
      durationSeconds: 0,
      resourceChanges: { create: resources.length },
      PolicyPacks: {},
    },
  })
}

const writeResource = ({
  urn,
  type,
  isCustom,
  id,
  inputs,
  outputs,
  parent,
  dependencies,
}: Recording['resources'][number]) => ({
  urn,
  type,
  custom: isCustom,
  ...(isCustom ? { id: id || 'none' } : {}),
  inputs,
  outputs,
  ...(parent === '' ? {} : { parent }),
  dependencies,
})

function writeState(app: string, stage: string, resources: readonly object[]): void {
  const backend = process.env['PULUMI_BACKEND_URL']?.replace('file://', '')
  if (backend === undefined) throw new Error('PULUMI_BACKEND_URL is not set')
  const file = join(backend, '.pulumi/stacks', app, `${stage}.json`)
  mkdirSync(dirname(file), { recursive: true })
  const manifest = { time: new Date(0).toISOString(), magic: '', version: '' }
  const checkpoint = { stack: `organization/${app}/${stage}`, latest: { manifest, resources } }
  writeFileSync(file, JSON.stringify({ version: 3, checkpoint }))
}

// Last, since everything above must be there by then.
if (command === 'version') process.stdout.write('v3.215.0\n')
else if (command === 'stack' && subcommand === 'init') initStack(args[2] ?? '')
else if (command === 'up') await deploy()
else {
  process.stderr.write(`the recorder does not know: pulumi ${args.join(' ')}\n`)
  process.exitCode = 1
}
