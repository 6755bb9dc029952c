// Starts one long-lived child process in its own process group, so that a terminal's Ctrl+C reaches only us and we
// decide the order in which things end, and so that whatever the child starts can be ended with it.
import { spawn, type ChildProcess } from 'node:child_process'
import type { OrphanGuard } from './orphan-guard.ts'

export type ChildOptions = {
  command: string
  args: readonly string[]
  cwd?: string
  env: NodeJS.ProcessEnv
  /** POSIX ids to run as; only root may change them. */
  user?: { uid: number; gid: number } | undefined
  /** Opens a message channel (`process.send`) to the child. */
  withMessages?: boolean
  guard: OrphanGuard
  /** What the guard sends first if we die. Postgres stops cleanly on INT; the rest just end. */
  guardSignal?: 'INT' | 'KILL'
  onLine?: (line: string) => void
}

export type RunningChild = {
  readonly process: ChildProcess
  /** Settles when the child is gone, with a phrase such as "exit code 1" or "SIGKILL". */
  readonly ended: Promise<string>
  readonly isRunning: () => boolean
  /** Sends the signal to the whole group and, when that has not ended it in time, SIGKILL. */
  stop(signal?: NodeJS.Signals, patienceMs?: number): Promise<void>
}

export function runChild(options: ChildOptions): RunningChild {
  const child = spawn(options.command, options.args, {
    detached: true,
    env: options.env,
    stdio: options.withMessages ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...options.user,
  })
  const pid = child.pid
  if (pid !== undefined) options.guard.watch(pid, options.guardSignal ?? 'KILL')
  if (options.onLine !== undefined) {
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) readLines(stream, options.onLine)
  }
  let isRunning = true
  const ended = new Promise<string>((resolve) => {
    const finish = (how: string) => {
      if (!isRunning) return
      isRunning = false
      if (pid !== undefined) {
        // What it started itself must not outlive it.
        signalGroup(pid, 'SIGKILL')
        options.guard.forget(pid)
      }
      resolve(how)
    }
    child.once('error', (error) => finish(error.message))
    child.once('exit', (code, signal) => finish(signal ?? `exit code ${code}`))
  })
  return {
    process: child,
    ended,
    isRunning: () => isRunning,
    async stop(signal = 'SIGTERM', patienceMs = 5000) {
      if (!isRunning || pid === undefined) return
      signalGroup(pid, signal)
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), patienceMs)
      await ended
      clearTimeout(timer)
    },
  }
}

function signalGroup(processGroupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-processGroupId, signal)
  } catch {
    // Already gone.
  }
}

/** Calls back once per complete line, and once more for an unfinished last one. */
export function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.replace(/\r$/, ''))
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest)
  })
}
