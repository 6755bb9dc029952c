// A process of its own for whatever touches hostile bytes, which may hang or crash there without harm. Started by
// decoder-process and reader-process; it is told nothing that opens anything, and does not keep ours from ending.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type HostileProcessOptions = {
  /** The module to run. Bundlers move it: whoever wires the Lambda says where it lies. */
  readonly entry: URL
  /** Its whole environment: it gets no credentials, for whoever breaks out of a codec. */
  readonly env: Readonly<Record<string, string>>
}

/** Its first message is the promise that it can work, which fails when it ends before: then no file is to blame. */
export type HostileProcess = { readonly child: ChildProcess; readonly isReady: Promise<void> }

/** Returns how to get at the process that runs, which is a new one when the last has ended. */
export function keepHostileProcess({ entry, env }: HostileProcessOptions, stdin: 'pipe' | 'ignore') {
  let running: HostileProcess | null = null
  return {
    find(): HostileProcess {
      if (running === null || !isAlive(running.child)) running = start(entry, env, stdin)
      return running
    },
    stop: () => void running?.child.kill('SIGKILL'),
  }
}

const isAlive = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null && child.connected && !child.killed

function start(entry: URL, env: HostileProcessOptions['env'], stdin: 'pipe' | 'ignore'): HostileProcess {
  const child = spawn(process.execPath, [fileURLToPath(entry)], {
    stdio: [stdin, 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    env,
  })
  child.on('error', () => {})
  // Writing to one that died is noticed by its exit.
  child.stdin?.on('error', () => {})
  const isReady = Promise.race([
    once(child, 'message').then(() => undefined),
    once(child, 'exit').then(() => {
      throw new Error(`${entry.pathname.split('/').at(-1)} could not be started`)
    }),
  ])
  isReady.catch(() => {})
  letIdle(child)
  return { child, isReady }
}

/** An idle process must not keep this one from ending. */
export function letIdle(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}

export function keepBusy(child: ChildProcess): void {
  child.ref()
  child.channel?.ref()
}

/** Takes turns: each piece of work begins when the one before has ended, well or not. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
}
