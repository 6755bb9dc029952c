// Run as a process of its own by orphan-guard.aws.test.ts and killed there: starts two processes that would outlive it.
import { spawn } from 'node:child_process'
import { startOrphanGuard } from './orphan-guard.ts'
import { runChild } from './run-child.ts'

const guard = startOrphanGuard()
// A leader of a group, which starts a process itself, and one that a library would have started.
const leader = runChild({ command: '/bin/sh', args: ['-c', 'sleep 600 & wait'], env: process.env, guard })
const plain = spawn('sleep', ['600'])
if (plain.pid !== undefined) guard.watch(plain.pid, 'KILL')
process.stdout.write(`${leader.process.pid} ${plain.pid}\n`)
