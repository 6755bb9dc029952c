// The processes we started, also those that a library started for us and keeps to itself.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export type Child = { pid: number; command: string }

export function findChildren(): Child[] {
  return process.platform === 'linux' ? readProc() : askPs()
}

/** Not every small Linux has `ps`. */
function readProc(): Child[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    try {
      // "pid (command) state ppid …"; the command may itself contain spaces and brackets.
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const [, command = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? []
      return Number(rest.split(' ')[1]) === process.pid ? [{ pid: Number(entry), command }] : []
    } catch {
      return []
    }
  })
}

function askPs(): Child[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return Number(parent) === process.pid ? [{ pid: Number(pid), command: command.split('/').at(-1) ?? '' }] : []
  })
}
