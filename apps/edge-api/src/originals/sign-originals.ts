import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SignManyOutput } from './originals.schema.ts'
import { planDownload, type OriginalRow, type OriginalsDeps } from './plan-download.ts'

type Answer = SignManyOutput['items'][number] | SignManyOutput['refused'][number]

/** Signs many files to download, each exactly as it would be signed alone. */
export async function signOriginals(
  deps: OriginalsDeps,
  mediaIds: readonly MediaId[],
): Promise<Result<SignManyOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readOriginals(mediaIds)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const rows = new Map(read.data.map((row) => [row.id, row]))
  const answers = await Promise.all(mediaIds.map((mediaId) => answerFor(deps, mediaId, rows.get(mediaId))))
  return accept({
    items: answers.filter((answer) => 'url' in answer),
    refused: answers.filter((answer) => 'code' in answer),
  })
}

async function answerFor(deps: OriginalsDeps, mediaId: MediaId, row: OriginalRow | undefined): Promise<Answer> {
  if (row === undefined) return { mediaId, code: 'not_found' }
  const download = planDownload(row)
  if (download === null) return { mediaId, code: 'no_copy' }
  const { key, fileName, form } = download
  return {
    ...(await deps.signDownload(key, fileName)),
    mediaId,
    fileName,
    form,
    bytes: row.bytes,
    sha256: form === 'original' ? wholeChecksum(row.sha256) : null,
    takenLocal: row.takenLocal,
    addedAt: row.createdAt.toISOString(),
  }
}

/** S3 says of what came in parts only the checksum of its parts' checksums, with their number behind it. */
const wholeChecksum = (sha256: string | null): string | null =>
  sha256 !== null && /^[A-Za-z0-9+/]{43}=$/.test(sha256) ? sha256 : null
