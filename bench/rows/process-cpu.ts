// CPU time that another process has used so far. Linux only: it is read from /proc.
import { readdirSync, readFileSync } from 'node:fs'

export const canReadCpu = process.platform === 'linux'

/** Linux counts in these, whatever its own clock. Milliseconds. */
const tickMs = 10

/** Milliseconds, user and system, of all threads that the process has and has had: libvips ends those that stand idle. */
export function readWholeCpuMs(pid: number): number {
  // Its second field is a name, which may hold anything; utime and stime are the 14th and the 15th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}

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
