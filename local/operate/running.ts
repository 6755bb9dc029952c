// Where the system that runs on this machine listens: written by `npm start` once everything is there, read by the
// commands that operate it. Ports move when they are taken, so they are not guessed.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { dataFolder, findUser } from '../data-folder.ts'

const runningSchema = z.object({
  endpoints: z.object({ sqs: z.url(), control: z.url() }),
})

export type Running = z.infer<typeof runningSchema>

const file = join(dataFolder, 'running.json')

export const noteRunning = (running: Running): void => writeFileSync(file, JSON.stringify(running))

export const forgetRunning = (): void => rmSync(file, { force: true })

/** Null when nothing runs here, or does not run yet. */
export function findRunning(): Running | null {
  if (findUser() === null || !existsSync(file)) return null
  return runningSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}
