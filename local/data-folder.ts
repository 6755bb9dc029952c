// Where `npm start` keeps everything, and the lock that keeps two of them from using it at once.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const dataFolder = fileURLToPath(new URL('../.local/data', import.meta.url))

const lockFile = `${dataFolder}.lock`

/** The id of the process that uses the folder, or null. A lock whose process is gone counts for nothing. */
export function findUser(): number | null {
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

/** Takes the folder for this process. Returns how to give it back, or null when another one has it. */
export function takeFolder(): (() => void) | null {
  if (findUser() !== null) return null
  mkdirSync(dataFolder, { recursive: true })
  rmSync(lockFile, { force: true })
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
  } catch {
    return null
  }
  return () => rmSync(lockFile, { force: true })
}

export const demoMark = join(dataFolder, 'demo-is-there')
