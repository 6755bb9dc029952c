// CPU time that another process has used so far. Linux only: it is read from /proc.
import { readdirSync, readFileSync } from 'node:fs'

export const canReadCpu = process.platform === 'linux'

/** Milliseconds, user and system, of all threads that the process has. Finer than the ticks of /proc/<pid>/stat. */
export function readCpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + readThreadMs(`/proc/${pid}/task/${thread}/schedstat`), 0)
}

/** "nanoseconds on a CPU, nanoseconds waiting for one, slices". */
function readThreadMs(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8').split(' ')[0]) / 1e6
  } catch {
    // It ended after the folder was listed.
    return 0
  }
}
