// Where objects lie. Keys are made here, from ids alone, and are plain ASCII; a person's file name never reaches S3.
import { isId, type EvidenceId, type ExportId, type MediaId, type UserId } from '../ids.ts'
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

/** In the media bucket: where the originals of an item lie, one for each generation. */
export const originalFolder = (mediaId: MediaId): string => `o/${mediaId}/`

/** In the media bucket: the verified original. */
export const originalKey = (mediaId: MediaId, generation: string): string => `${originalFolder(mediaId)}${generation}`

/** In the media bucket: where everything lies that people are shown of an item, a folder for each generation. */
export const viewsFolder = (mediaId: MediaId): string => `v/${mediaId}/`

/** In the media bucket: the folder of all that people are shown of an item. */
export const viewFolder = (mediaId: MediaId, generation: string): string => `${viewsFolder(mediaId)}${generation}`

/** Reads a key of the media bucket back as far as the generation, or returns null for one that is not made here. */
export function parseMediaKey(key: string): { mediaId: MediaId; generation: string; file: string | null } | null {
  const [, root, mediaId = '', generation = '', file] = /^([ov])\/([^/]+)\/([0-9a-f]{16})(?:\/(.+))?$/.exec(key) ?? []
  if (!isId('media', mediaId) || (root === 'o') !== (file === undefined)) return null
  return { mediaId, generation, file: file ?? null }
}

/** What is played of a film or a sound, beside its pictures. */
export const playFile = 'play'

export const playKey = (mediaId: MediaId, generation: string): string =>
  `${viewFolder(mediaId, generation)}/${playFile}`

/** Captions of a film, counted from 1, as WebVTT beside what is played. */
export const captionFile = (number: number): string => `captions-${number}.vtt`

export const captionKey = (mediaId: MediaId, generation: string, number: number): string =>
  `${viewFolder(mediaId, generation)}/${captionFile(number)}`

/** What others may download of a picture, beside what is shown of it. Of films and sounds that is what is played. */
export const copyKey = (mediaId: MediaId, generation: string): string => `${viewFolder(mediaId, generation)}/copy`

export const derivativeKey = (mediaId: MediaId, generation: string, name: DerivativeName): string =>
  `${viewFolder(mediaId, generation)}/${derivativeFile(name)}`

/** In the media bucket: copies of what was shown of a reported item. They outlive it, and only the desk gets to them. */
export const evidenceFolder = (evidenceId: EvidenceId): string => `e/${evidenceId}`

/** In the media bucket: where the audit log stood, from 1 on, in the order of keys. Nobody may change or remove them. */
export const anchorFolder = 'a/'
export const anchorKey = (number: number): string => `${anchorFolder}${String(number).padStart(10, '0')}.json`

/** In the media bucket: somebody's data as they asked for it. Read by nobody else and removed after some days. */
export const exportKey = (ownerId: UserId, exportId: ExportId): string => `x/${ownerId}/${exportId}.json`
