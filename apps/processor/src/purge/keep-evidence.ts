// The first half of a round of the purge: copies what reports need to be judged, before anything of it may go, and deletes
// the copies of cases that were forgotten. Every step may be done twice, and what fails comes again by itself.
import type { DueEvidence } from '@shoebox/db/stores/evidence-store.ts'
import type { EvidenceId } from '@shoebox/shared/ids.ts'
import { evidenceFolder, viewFolder } from '@shoebox/shared/upload/object-keys.ts'
import { describeError, type Log } from '../log.ts'
import type { DeletableObjects } from './purge-deletions.ts'

export type KeepEvidenceDeps = {
  readonly nowMs: () => number
  readonly claimEvidence: (wish: { nowMs: number; rowsMax: number }) => Promise<readonly DueEvidence[]>
  /** No files: there was nothing to copy. */
  readonly markCopied: (
    id: EvidenceId,
    copied: { files: readonly string[]; bytes: number; nowMs: number },
  ) => Promise<void>
  readonly removeEvidence: (id: EvidenceId) => Promise<void>
  /** Copies an object within the media bucket. False: there is none. */
  readonly copyObject: (from: string, to: string) => Promise<boolean>
  readonly media: DeletableObjects
  /** After so many tries what could not be copied is given up, so that what its owner deleted goes. */
  readonly triesMax: number
  readonly log: Log
}

export type EvidenceCounts = { kept: number; missing: number; forgotten: number; evidenceFailed: number }

const rowsPerClaim = 20

/** @param untilMs when to take nothing more; what is left is there in the next round */
export async function keepEvidence(deps: KeepEvidenceDeps, untilMs: number): Promise<EvidenceCounts> {
  const counts: EvidenceCounts = { kept: 0, missing: 0, forgotten: 0, evidenceFailed: 0 }
  while (deps.nowMs() < untilMs) {
    const claimed = await deps.claimEvidence({ nowMs: deps.nowMs(), rowsMax: rowsPerClaim })
    if (claimed.length === 0) break
    for (const one of claimed) {
      try {
        if (one.state === 'wanted') await copy(deps, one, counts)
        else await forget(deps, one, counts)
      } catch (error) {
        counts.evidenceFailed += 1
        deps.log.error('evidence_failed', { evidenceId: one.id, error: describeError(error) })
        if (one.state === 'wanted' && one.attempts >= deps.triesMax) await keepWhatIsThere(deps, one, counts)
      }
    }
  }
  if (Object.values(counts).some((count) => count > 0)) deps.log.info('evidence_kept', counts)
  return counts
}

async function copy(deps: KeepEvidenceDeps, one: DueEvidence, counts: EvidenceCounts): Promise<void> {
  const from = viewFolder(one.mediaId, one.generation)
  for (const file of one.files) await deps.copyObject(`${from}/${file}`, `${evidenceFolder(one.id)}/${file}`)
  await keepWhatIsThere(deps, one, counts)
}

/** What S3 lists is what there is: a file of the item that was not there has no copy. */
async function keepWhatIsThere(deps: KeepEvidenceDeps, one: DueEvidence, counts: EvidenceCounts): Promise<void> {
  const folder = `${evidenceFolder(one.id)}/`
  const files: string[] = []
  let bytes = 0
  for await (const page of deps.media.list(folder))
    for (const object of page) {
      files.push(object.key.slice(folder.length))
      bytes += object.bytes
    }
  await deps.markCopied(one.id, { files, bytes, nowMs: deps.nowMs() })
  if (files.length > 0) counts.kept += 1
  else counts.missing += 1
}

async function forget(deps: KeepEvidenceDeps, one: DueEvidence, counts: EvidenceCounts): Promise<void> {
  const folder = `${evidenceFolder(one.id)}/`
  for await (const page of deps.media.list(folder))
    if (page.length > 0) await deps.media.delete(page.map(({ key }) => key))
  for await (const page of deps.media.list(folder))
    if (page.length > 0) throw new Error(`${page.length} objects are still there after their deletion`)
  await deps.removeEvidence(one.id)
  counts.forgotten += 1
}
