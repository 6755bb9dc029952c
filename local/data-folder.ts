// Where `npm start` keeps everything, and the lock that keeps two of them from using it at once.
import { mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findHolder, takeLock } from './lock-file.ts'

export const dataFolder = fileURLToPath(new URL('../.local/data', import.meta.url))

const lockFile = `${dataFolder}.lock`

/** The id of the process that uses the folder, or null. */
export const findUser = (): number | null => findHolder(lockFile)

/** Takes the folder for this process. Returns how to give it back, or null when another one has it. */
export const takeFolder = (): (() => void) | null => takeLock(lockFile)

export const demoMark = join(dataFolder, 'demo-is-there')

/** What is left for ordinary users on the folder's disk. */
export function countFreeBytes(): number {
  mkdirSync(dataFolder, { recursive: true })
  const { bavail, bsize } = statfsSync(dataFolder)
  return bavail * bsize
}
