// Where objects lie. Keys are made here, from ids alone, and are plain ASCII; a person's file name never reaches S3.
import { isId, type MediaId, type UserId } from '../ids.ts'
import type { DerivativeName } from '../media/derivatives.ts'
import { derivativeFile } from '../media/derivatives.ts'

/** In the incoming bucket: whose upload it is, then which. */
export const incomingKey = (ownerId: UserId, mediaId: MediaId): string => `${ownerId}/${mediaId}`

/** Reads an incoming key back, or returns null for an object that Shoebox never reserved. */
export function parseIncomingKey(key: string): { ownerId: UserId; mediaId: MediaId } | null {
  const [ownerId, mediaId, ...rest] = key.split('/')
  if (ownerId === undefined || mediaId === undefined || rest.length > 0) return null
  return isId('user', ownerId) && isId('media', mediaId) ? { ownerId, mediaId } : null
}

/** In the media bucket: the verified original. */
export const originalKey = (mediaId: MediaId, generation: string): string => `o/${mediaId}/${generation}`

/** In the media bucket: the folder of all that people are shown of an item. */
export const viewFolder = (mediaId: MediaId, generation: string): string => `v/${mediaId}/${generation}`

/** What is played of a film or a sound, beside its pictures. */
export const playFile = 'play'

export const playKey = (mediaId: MediaId, generation: string): string =>
  `${viewFolder(mediaId, generation)}/${playFile}`

export const derivativeKey = (mediaId: MediaId, generation: string, name: DerivativeName): string =>
  `${viewFolder(mediaId, generation)}/${derivativeFile(name)}`
