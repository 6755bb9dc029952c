// Writes the exports that people asked for and removes those whose days are over. A run that is cut off anywhere is made
// good by the next: the file has one name, and the row says only what was done.
import type { PersonalData, WaitingExport } from '@shoebox/db/stores/export-store.ts'
import { exportDays } from '@shoebox/shared/account/codes.ts'
import type { ExportId, UserId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { exportKey } from '@shoebox/shared/upload/object-keys.ts'
import { describeError, type Log } from '../log.ts'

export type WriteExportsDeps = {
  readonly nowMs: () => number
  readonly claimExports: (wish: { nowMs: number; rowsMax: number }) => Promise<readonly WaitingExport[]>
  readonly readPersonalData: (userId: UserId) => Promise<PersonalData | null>
  readonly putExport: (key: string, json: Uint8Array) => Promise<void>
  readonly removeExport: (key: string) => Promise<void>
  /** False: nobody waits for it any more. */
  readonly markExportReady: (id: ExportId, ready: { bytes: number; readyAt: Date; expiresAt: Date }) => Promise<boolean>
  readonly findEndedExports: (nowMs: number, rowsMax: number) => Promise<readonly WaitingExport[]>
  readonly forgetExport: (id: ExportId) => Promise<void>
  readonly queueMail: (mail: MailMessage) => Promise<void>
  readonly log: Log
}

const rowsPerRound = 20

export type ExportCounts = { written: number; removed: number; failed: number }

export async function writeExports(deps: WriteExportsDeps): Promise<ExportCounts> {
  const counts: ExportCounts = { written: 0, removed: 0, failed: 0 }
  for (const waiting of await deps.claimExports({ nowMs: deps.nowMs(), rowsMax: rowsPerRound })) {
    await attempt(deps, counts, async () => {
      if (await writeOne(deps, waiting)) counts.written += 1
    })
  }
  for (const ended of await deps.findEndedExports(deps.nowMs(), rowsPerRound)) {
    await attempt(deps, counts, async () => {
      await deps.removeExport(exportKey(ended.userId, ended.id))
      await deps.forgetExport(ended.id)
      counts.removed += 1
    })
  }
  return counts
}

async function attempt(deps: WriteExportsDeps, counts: ExportCounts, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    counts.failed += 1
    deps.log.error('export_failed', { error: describeError(error) })
  }
}

async function writeOne(deps: WriteExportsDeps, { id, userId }: WaitingExport): Promise<boolean> {
  const data = await deps.readPersonalData(userId)
  if (data === null) {
    await deps.forgetExport(id)
    return false
  }
  const readyAt = new Date(deps.nowMs())
  const text = JSON.stringify({ format: 'shoebox-export-1', madeAt: readyAt.toISOString(), ...data }, null, 2)
  const json = new TextEncoder().encode(text)
  await deps.putExport(exportKey(userId, id), json)
  const expiresAt = new Date(readyAt.getTime() + exportDays * 24 * 3_600_000)
  if (!(await deps.markExportReady(id, { bytes: json.length, readyAt, expiresAt }))) {
    // Another run was faster, or the account was deleted meanwhile: the round that clears its row may be past this file.
    if ((await deps.readPersonalData(userId)) === null) await deps.removeExport(exportKey(userId, id))
    return false
  }
  await deps.queueMail({ version: 1, template: 'export-ready', to: data.account.email, name: data.account.name })
  return true
}
