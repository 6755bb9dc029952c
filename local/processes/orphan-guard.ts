// Ends our child processes when we are killed without a chance to do it ourselves (SIGKILL, a crashed test worker).
// A shell of its own session holds the reading end of a pipe: when we die, however we die, the pipe closes and the
// shell ends every process group it was told of. A shell, not Node: it costs 1 MB and 2 ms, and there is one per stack.
import { spawn, type ChildProcess } from 'node:child_process'

export type OrphanGuard = {
  /** Ends this process group, with this signal first, if we die before `forget`. */
  watch(processGroupId: number, signal: 'INT' | 'KILL'): void
  forget(processGroupId: number): void
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
for entry in $watched; do kill -"\${entry%%:*}" -- -"\${entry#*:}" 2>/dev/null; done
[ -z "$watched" ] || sleep 5
for entry in $watched; do kill -KILL -- -"\${entry#*:}" 2>/dev/null; done
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
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  const tell = (line: string) => pipe?.write(`${line}\n`)
  return {
    watch: (processGroupId, signal) => tell(`+ ${processGroupId} ${signal}`),
    forget: (processGroupId) => tell(`- ${processGroupId}`),
    release: () => {
      tell('.')
      pipe?.end()
    },
  }
}
