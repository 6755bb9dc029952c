// Runs a program of the project's own dependencies and collects what it prints. The running Node comes first on PATH:
// the tools' shell shims would otherwise start whatever older one the machine has.
import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { repositoryRoot } from '../repository.ts'

export type ToolRun = {
  readonly tool: string
  readonly args?: readonly string[]
  /** Where it runs and whose node_modules has it, relative to the repository. */
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
  /** Print while it runs, for the long ones. */
  readonly isLive?: boolean
  /** The whole process group is ended then. */
  readonly timeoutMs?: number
}

export type ToolEnd = { readonly exitCode: number; readonly output: string }

export async function runTool(run: ToolRun): Promise<ToolEnd> {
  const { tool, args = [], folder = '.', env = {}, isLive = false, timeoutMs = 5 * 60_000 } = run
  const cwd = join(repositoryRoot, folder)
  const bins = [join(cwd, 'node_modules/.bin'), join(repositoryRoot, 'node_modules/.bin')]
  const path = [dirname(process.execPath), ...bins, process.env['PATH'] ?? ''].join(delimiter)
  const child = spawn(tool, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const stop = endWithUs(child.pid)
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
    if (isLive) process.stdout.write(chunk)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const timer = setTimeout(() => {
    output += `\nstopped: ${tool} took longer than ${timeoutMs / 1000} s\n`
    stop('SIGKILL')
  }, timeoutMs)
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 1))
    })
    return { exitCode, output }
  } finally {
    clearTimeout(timer)
    stop(null)
  }
}

const groups = new Set<number>()

process.on('exit', () => {
  for (const pid of groups) signalGroup(pid, 'SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    for (const pid of groups) signalGroup(pid, signal)
    process.exitCode = 130
    // A tool that catches the signal and cleans up gets a moment for it; then this process's end takes it along.
    setTimeout(() => process.exit(130), 5_000).unref()
  })
}

/** Registers a process group, so that it ends when this process does. The answer signals it, or with null forgets it. */
function endWithUs(pid: number | undefined): (signal: NodeJS.Signals | null) => void {
  if (pid === undefined) return () => {}
  groups.add(pid)
  return (signal) => {
    if (signal === null) groups.delete(pid)
    else signalGroup(pid, signal)
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended already.
  }
}
