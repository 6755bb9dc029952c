// What lies beside the files in each zip: what they are, what they must weigh, and what is missing.
import type { Failure, Part, PlannedFile } from './download-part.ts'

export type SavedFile = {
  readonly file: PlannedFile
  readonly bytes: number
  /** Standard base64. */
  readonly sha256: string
  readonly form: 'original' | 'copy' | 'data'
}

export const manifestName = (number: number): string => `manifest-${number}.json`

/** JSON for programs, which people can read too. Checksums in hex, as `sha256sum` prints them. */
export function writeManifest(
  part: Part,
  { saved, failures, madeAt }: { saved: readonly SavedFile[]; failures: readonly Failure[]; madeAt: Date },
): string {
  const missing = new Set(failures.map(({ name }) => name))
  const manifest = {
    title: part.title,
    part: part.number,
    madeAt: madeAt.toISOString(),
    isComplete: failures.length === 0,
    files: saved
      .filter(({ file }) => !missing.has(file.name))
      .map(({ file, bytes, sha256, form }) => ({
        name: file.name,
        bytes,
        sha256: toHex(sha256),
        takenAt: file.takenAt,
        itemId: file.mediaId,
        form,
      })),
    failed: failures.map(({ name, mediaId, reason, bytesInZip }) => ({ name, itemId: mediaId, reason, bytesInZip })),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

const toHex = (base64: string): string =>
  Array.from(atob(base64), (sign) => sign.charCodeAt(0).toString(16).padStart(2, '0')).join('')
