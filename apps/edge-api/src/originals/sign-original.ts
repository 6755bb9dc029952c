import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SignOutput } from './originals.schema.ts'
import { planDownload, type OriginalsDeps } from './plan-download.ts'

/** Signs one file to download. */
export async function signOriginal(
  deps: OriginalsDeps,
  mediaId: MediaId,
): Promise<Result<SignOutput, { code: 'sign_in_needed' | 'not_found' | 'no_copy' }>> {
  const read = await deps.readOriginals([mediaId])
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const [row] = read.data
  if (row === undefined) return refuse({ code: 'not_found' })
  const download = planDownload(row)
  if (download === null) return refuse({ code: 'no_copy' })
  const { key, fileName, form } = download
  return accept({ ...(await deps.signDownload(key, fileName)), fileName, form })
}
