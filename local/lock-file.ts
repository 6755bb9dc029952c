// A lock between processes: a file with the id of who holds it. One whose process is gone counts for nothing.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The id of the process that holds the lock, or null. */
export function findHolder(lockFile: string): number | null {
  if (!existsSync(lockFile)) return null
  const pid = Number(readFileSync(lockFile, 'utf8'))
  if (!Number.isInteger(pid) || pid <= 0) return null
  try {
    process.kill(pid, 0)
    return pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : null
  }
}

/** Takes the lock for this process. Returns how to give it back, or null when another one has it. */
export function takeLock(lockFile: string): (() => void) | null {
  if (findHolder(lockFile) !== null) return null
  mkdirSync(dirname(lockFile), { recursive: true })
  rmSync(lockFile, { force: true })
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
  } catch {
    return null
  }
  return () => rmSync(lockFile, { force: true })
}

/** Waits for the lock. For work that another process may be doing for us right now. */
export async function waitForLock(lockFile: string): Promise<() => void> {
  for (;;) {
    const giveBack = takeLock(lockFile)
    if (giveBack !== null) return giveBack
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
