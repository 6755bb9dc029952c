// What a bulk download is made of. The page plans it, the service worker saves it part by part, and the journal keeps
// it between the two and over reloads.
import type { MediaId, UserId } from '@shoebox/shared/ids.ts'

/** Why a file is missing, or not whole. Each has a sentence in the dictionary. */
export type FailureReason = 'gone' | 'no_copy' | 'unreadable' | 'changed' | 'checksum'

export type PlannedFile = {
  /** Null: the file of the person's data. */
  readonly mediaId: MediaId | null
  /** Unique in the whole download, and safe on any system. */
  readonly name: string
  /** About: a copy may be larger or smaller than what was uploaded. */
  readonly bytes: number
  /** `YYYY-MM-DDTHH:MM:SS` where it was taken, or where the viewer is when it was added. */
  readonly localTime: string
  /** When it was taken, the same way; null where the file does not say. */
  readonly takenAt: string | null
  /** Set where there was nothing to download when the download was planned: it is listed as failed and not tried. */
  readonly refusal?: FailureReason
}

export type Failure = {
  readonly mediaId: MediaId | null
  readonly name: string
  readonly reason: FailureReason
  /** How much of it is in the zip all the same: a broken file keeps its place in what was written already. */
  readonly bytesInZip: number
}

/** `running` without a worker that holds the part's lock: the worker ended midway, and the part is broken. */
export type PartState = 'waiting' | 'running' | 'done' | 'broken'

export type Part = {
  readonly downloadId: string
  readonly number: number
  readonly userId: UserId
  /** What is downloaded, in the words of the page: the name of a group, for instance. */
  readonly title: string
  readonly fileName: string
  readonly begunAtMs: number
  readonly state: PartState
  readonly files: readonly PlannedFile[]
  /** About. */
  readonly bytes: number
  readonly failures: readonly Failure[]
}

export type PartKey = Pick<Part, 'downloadId' | 'number'>

/** Held by the worker while it saves the part; the browser lets go of it when the worker dies. */
export const lockOf = ({ downloadId, number }: PartKey): string => `${lockPrefix}${downloadId}/${number}`
export const lockPrefix = 'shoebox.download/'

/** What the worker says while it saves a part, and the page says to it. */
export const progressChannel = 'shoebox.downloads'
export type PartProgress = PartKey & {
  /** Of the files, so far. */
  readonly savedBytes: number
  /** Nothing comes because our own site does not answer either. */
  readonly isOffline: boolean
}
export type PartCommand = PartKey & { readonly command: 'pause' | 'resume' | 'stop' }

/** Answered by the service worker alone. Not the name of the file: that is for the worker to say. */
export const pathOfPart = ({ downloadId, number }: PartKey): string => `/downloads/${downloadId}/${number}`

export function readPartPath(path: string): PartKey | null {
  const [, downloadId, number] = /^\/downloads\/([\w-]{1,64})\/(\d{1,6})$/.exec(path) ?? []
  return downloadId === undefined ? null : { downloadId, number: Number(number) }
}
