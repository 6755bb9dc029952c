// The most memory that processes have held. Linux only: it is read from /proc, since the maximum of getrusage is
// inherited from whoever started a process.
import { readFileSync } from 'node:fs'

function readPeakMb(pid: number | string): number {
  const [, kB] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  if (kB === undefined) throw new Error(`process ${pid} has ended, and with it what it held`)
  return Number(kB) / 1024
}

/** Of this process and of those that it has started and that still run: more than they ever held at once. */
export function sumPeakMb(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)
  return ['self', ...children].reduce((sum, pid) => sum + readPeakMb(pid), 0)
}
