import { expect, test } from 'vitest'
import type { PersonalData } from '@shoebox/db/stores/export-store.ts'
import { exportKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { writeExports } from './write-exports.ts'

const waiting = { id: numberedId('export', 1), userId: numberedId('user', 1) }
const data = { account: { email: 'ann@example.org', name: 'Ann' } } as PersonalData

/** A round in which the row was not there to be marked, after the account was read as `reads` says. */
async function roundWithReads(...reads: (PersonalData | null)[]) {
  const stored = new Set<string>()
  const counts = await writeExports({
    nowMs: () => 0,
    claimExports: async () => [waiting],
    readPersonalData: async () => reads.shift() ?? null,
    putExport: async (key) => void stored.add(key),
    removeExport: async (key) => void stored.delete(key),
    markExportReady: async () => false,
    findEndedExports: async () => [],
    forgetExport: async () => undefined,
    queueMail: () => Promise.reject(new Error('nobody is told')),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  return { counts, stored: [...stored] }
}

test('an export that is written while its account goes does not outlive it', async () => {
  expect(await roundWithReads(data, null)).toEqual({ counts: { written: 0, removed: 0, failed: 0 }, stored: [] })
})

test('one that another run was faster with stays', async () => {
  expect((await roundWithReads(data, data)).stored).toEqual([exportKey(waiting.userId, waiting.id)])
})
