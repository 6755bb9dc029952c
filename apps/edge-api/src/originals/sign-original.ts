import type { LocationPolicy } from '@shoebox/shared/groups/policies.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { kindOf, type MediaType } from '@shoebox/shared/media/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { copyKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import { nameDownload } from './name-download.ts'
import type { SignOutput } from './originals.schema.ts'

export type OriginalRow = {
  readonly id: MediaId
  readonly type: MediaType
  readonly generation: string
  readonly fileName: string
  readonly copyType: MediaType | null
  readonly hasPlay: boolean
  readonly takenLocal: string | null
  readonly createdAt: Date
  readonly isOwn: boolean
  /** Null: it is in no group. */
  readonly locationPolicy: LocationPolicy | null
}

export type SignOriginalDeps = {
  /** Null inside: there is no such item that they own or see. */
  readonly readOriginal: (mediaId: MediaId) => Promise<CheckedRead<OriginalRow | null> | null>
  /** Signs the reading of this one object, as a file with this name. */
  readonly signDownload: (key: string, fileName: string) => Promise<{ url: string; expiresAt: string }>
}

type Download = Pick<SignOutput, 'fileName' | 'form'> & { readonly key: string }

/**
 * Signs one file to download. Its owner always gets what they uploaded; others of a group get it where the group keeps
 * places, and everybody else the copy without them.
 */
export async function signOriginal(
  deps: SignOriginalDeps,
  mediaId: MediaId,
): Promise<Result<SignOutput, { code: 'sign_in_needed' | 'not_found' | 'no_copy' }>> {
  const read = await deps.readOriginal(mediaId)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  if (read.data === null) return refuse({ code: 'not_found' })
  const download = planDownload(read.data)
  if (download === null) return refuse({ code: 'no_copy' })
  const { key, fileName, form } = download
  return accept({ ...(await deps.signDownload(key, fileName)), fileName, form })
}

/** What somebody gets, or null where there is only what they may not have. */
export function planDownload(row: OriginalRow): Download | null {
  const { id, type, generation, takenLocal, createdAt } = row
  const original = originalKey(id, generation)
  if (row.isOwn) return { key: original, fileName: row.fileName, form: 'original' }
  const named = (saved: MediaType) => nameDownload(takenLocal, createdAt, saved)
  if (row.locationPolicy === 'keep') return { key: original, fileName: named(type), form: 'original' }
  if (kindOf(type) !== 'image') {
    return row.hasPlay ? { key: playKey(id, generation), fileName: named(type), form: 'copy' } : null
  }
  return row.copyType === null ? null : { key: copyKey(id, generation), fileName: named(row.copyType), form: 'copy' }
}
