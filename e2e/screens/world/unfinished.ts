// A large upload that broke off: half of its parts lie in S3, as its owner's browser left them.
import { createHash } from 'node:crypto'
import { uuidOf } from '@shoebox/shared/ids.ts'
import { partBytesMin } from '@shoebox/shared/upload/plan-parts.ts'
import type { ApiClient } from '@shoebox/testing/api-client.ts'
import { minutesAgo } from './moment.ts'
import type { Tables } from './tables.ts'

const film = { name: 'Down to the lake, all of it.mp4', type: 'video/mp4', bytes: 6 * partBytesMin }

export async function seedUnfinished({ query }: Tables, { api }: ApiClient): Promise<void> {
  const { files } = await api.uploads.begin.mutate({ batchId: crypto.randomUUID(), files: [film] })
  const [begun] = files
  if (begun?.ok !== true) throw new Error(`${film.name} is refused: ${begun?.code}`)
  const { mediaId } = begun
  await api.uploads.openMultipart.mutate({ mediaId })
  const content = new Uint8Array(partBytesMin)
  const sha256 = createHash('sha256').update(content).digest('base64')
  const wanted = [1, 2, 3].map((partNumber) => ({ partNumber, sha256 }))
  const { parts } = await api.uploads.signParts.mutate({ mediaId, parts: wanted })
  for (const { partNumber, request } of parts) {
    const { method, url, headers } = request
    const { ok, status } = await fetch(url, { method, headers, body: content })
    if (!ok) throw new Error(`S3 refuses part ${partNumber}: ${status}`)
  }
  await query('update media set created_at = $1 where id = $2', [minutesAgo(25), uuidOf(mediaId)])
}
