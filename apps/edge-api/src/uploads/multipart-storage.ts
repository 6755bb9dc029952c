// What the use cases of multipart uploads need of the store that takes the parts.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'

/** A part as it lies in the store. */
export type StoredPart = {
  readonly partNumber: number
  readonly bytes: number
  /** Unquoted. */
  readonly etag: string
  /** Standard base64. */
  readonly sha256: string | null
}

/** The store has too much to do at this moment, or does not answer: asked again it may well do it. */
export class StorageBusy extends Error {}

export type MultipartStorage = {
  /** Begins an upload whose parts carry SHA-256 sums, and returns its name. */
  readonly open: (key: string, type: MediaType) => Promise<string>
  /** The parts after a number, in order; null when there is no such upload (any more). */
  readonly list: (
    key: string,
    uploadId: string,
    after: number,
  ) => Promise<{ readonly parts: readonly StoredPart[]; readonly nextAfter: number | null } | null>
  /** Makes the object of exactly these parts, unless an object is there (`exists`) or the upload is not (`gone`). */
  readonly complete: (
    key: string,
    uploadId: string,
    parts: readonly StoredPart[],
  ) => Promise<'completed' | 'exists' | 'gone'>
  /** Forgets an upload and its parts; one that is not there is fine. */
  readonly abort: (key: string, uploadId: string) => Promise<void>
  /** Whether an object lies under the key. */
  readonly isThere: (key: string) => Promise<boolean>
}
