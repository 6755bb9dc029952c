// Ends our child processes when we are killed without a chance to do it ourselves (SIGKILL, a crashed test worker).
// A shell of its own session holds the reading end of a pipe: when we die, however we die, the pipe closes and the
// shell ends every process group it was told of. A shell, not Node: it costs 1 MB and 2 ms, and there is one per stack.
import { spawn, type ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'

export type OrphanGuard = {
  /** Ends this process, and the group it leads if it leads one, with this signal first, if we die before `forget`. */
  watch(pid: number, signal: 'INT' | 'KILL'): void
  forget(pid: number): void
  /** Every watched process is gone: the guard may leave without ending anything. */
  release(): void
}

// Lines in: "+ <pid> <signal>", "- <pid>", "." (leave). Postgres gets INT (a fast, clean stop) and later KILL.
const guardScript = `
watched=""
while read -r verb pid signal; do
  case "$verb" in
    +) watched="$watched $signal:$pid" ;;
    -) kept=""; for entry in $watched; do [ "\${entry#*:}" = "$pid" ] || kept="$kept $entry"; done; watched="$kept" ;;
    .) exit 0 ;;
  esac
done
end() { kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null; }
for entry in $watched; do end "\${entry%%:*}" "\${entry#*:}"; done
[ -z "$watched" ] || sleep 5
for entry in $watched; do end KILL "\${entry#*:}"; done
`

export function startOrphanGuard(): OrphanGuard {
  const shell: ChildProcess = spawn('/bin/sh', ['-c', guardScript], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => {})
  shell.stdin?.on('error', () => {})
  // Neither the shell nor the pipe may keep a finished test worker alive.
  shell.unref()
  const pipe = shell.stdin
  if (pipe instanceof Socket) pipe.unref()
  const tell = (line: string) => pipe?.write(`${line}\n`)
  return {
    watch: (pid, signal) => tell(`+ ${pid} ${signal}`),
    forget: (pid) => tell(`- ${pid}`),
    release: () => {
      tell('.')
      pipe?.end()
    },
  }
}
