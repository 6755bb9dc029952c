// What somebody gets when they download an item: the one place where the group's policy decides, for one file and many.
import type { LocationPolicy } from '@shoebox/shared/groups/policies.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { kindOf, type MediaType } from '@shoebox/shared/media/kinds.ts'
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
  /** Of the original, as the others. */
  readonly bytes: number
  readonly sha256: string | null
  readonly takenLocal: string | null
  readonly createdAt: Date
  readonly isOwn: boolean
  /** Null: it is in no group. */
  readonly locationPolicy: LocationPolicy | null
}

export type OriginalsDeps = {
  /** Those that they own or see, in no order; null when nobody is signed in. */
  readonly readOriginals: (mediaIds: readonly MediaId[]) => Promise<CheckedRead<readonly OriginalRow[]> | null>
  /** Signs the reading of this one object, as a file with this name. */
  readonly signDownload: (key: string, fileName: string) => Promise<{ url: string; expiresAt: string }>
}

type Download = Pick<SignOutput, 'fileName' | 'form'> & { readonly key: string }

/**
 * What somebody gets, or null where there is only what they may not have. Its owner always gets what they uploaded;
 * others of a group get it where the group keeps places, and everybody else the copy without them.
 */
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
