import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('what a killed process had started, and what that had started, ends with it', async () => {
  const script = fileURLToPath(new URL('./orphan.fixture.ts', import.meta.url))
  const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
  const [leader = 0, plain = 0] = String(line).trim().split(' ').map(Number)
  expect([leader, plain].map(isAlive)).toEqual([true, true])
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  // Minus: anybody left in the group.
  await expect.poll(() => [-leader, plain].map(isAlive)).toEqual([false, false])
})
