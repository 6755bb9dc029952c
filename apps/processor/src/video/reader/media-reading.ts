// What reading a film or a sound yields. Crosses the border between the reader's process and ours, so it is plain data.
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import type { Result } from '@shoebox/shared/result.ts'
import type { Captions } from '../captions/read-captions.ts'
import type { Capture } from '../../place/describe-capture.ts'

/** What no header has to tell: the first pictures do. */
export type PictureFacts = {
  /** Frames per second, or null when the file does not say. */
  readonly frameRate: number | null
  readonly isHdr: boolean
}

export type VideoFacts = PictureFacts & {
  /** `avc`, `hevc`, `vp8`, `vp9`, `av1`, `prores`, or the container's own name for one that is not read here. */
  readonly codec: string
  /** Upright, square pixels: what a player shows. */
  readonly widthPx: number
  readonly heightPx: number
}

export type AudioFacts = {
  readonly codec: string
  readonly channels: number
  readonly sampleRateHz: number
}

/** Words that came with the file. Only these leave the reader; each is short and plain text. */
export type MediaTags = {
  readonly title?: string
  readonly artist?: string
  readonly album?: string
  readonly genre?: string
  readonly year?: number
  readonly track?: number
}

export type MediaFacts = {
  /** The type by container and tracks: an MP4 without pictures is a sound. */
  readonly type: TimedType
  /** Null when neither the header nor a bounded search says how long it is. */
  readonly durationMs: number | null
  readonly video: VideoFacts | null
  readonly audio: AudioFacts | null
  readonly tags: MediaTags
  /** When it was recorded as the container tells it, `YYYY-MM-DDTHH:MM:SS±HH:MM` or without offset. */
  readonly recordedAt: string | null
  readonly capture: Capture
}

/** One decoded frame: upright, square pixels, 8-bit sRGB without alpha, no larger than the largest derivative. */
export type Frame = { readonly rgb: Uint8Array; readonly widthPx: number; readonly heightPx: number }

/** An embedded picture, still encoded and not yet trusted. */
export type CoverArt = { readonly bytes: Uint8Array }

export type MediaReading = {
  readonly facts: MediaFacts
  readonly cover: CoverArt | null
  readonly frame: Frame | null
  /** 200 values from 0 to 255. */
  readonly peaks: readonly number[] | null
  readonly captions: readonly Captions[]
  /** Bytes and ranged reads that this reading cost. */
  readonly cost: { readonly bytes: number; readonly reads: number }
  /** Why a part is missing, for the log only. */
  readonly notes: readonly string[]
}

export type MediaRefusal = {
  readonly reason: Extract<InspectionRefusal, `media_${string}` | 'file_hides_other' | 'file_too_large'>
  /** For the log only; never shown to people. */
  readonly detail: string
}

export type MediaVerdict = Result<MediaReading, MediaRefusal>

export type ReadJob = {
  readonly type: TimedType
  readonly bytes: number
  /** In Base64, where the first bytes are known already. */
  readonly head?: string | undefined
  /** Passes over the parser that this file has made hang or crash. */
  readonly isSecondTry?: boolean
}

/** From the reader's process to ours. */
export type ReaderMessage =
  | { readonly ask: number; readonly start: number; readonly end: number }
  | { readonly stage: 'facts'; readonly facts: MediaFacts; readonly cover: CoverArt | null }
  | { readonly stage: 'refused'; readonly refusal: MediaRefusal }
  | { readonly stage: 'frame'; readonly frame: Frame | null; readonly note?: string }
  | {
      readonly stage: 'peaks'
      readonly peaks: readonly number[] | null
      readonly durationMs: number | null
      readonly note?: string
    }
  | { readonly stage: 'captions'; readonly captions: readonly Captions[]; readonly note?: string }
  | { readonly stage: 'ready' }
  | { readonly stage: 'done' }
  | { readonly stage: 'fault'; readonly message: string }

/** From ours to the reader's: a job, or the bytes that it asked for. */
export type ReaderRequest = { readonly job: ReadJob } | { readonly answer: number; readonly bytes: Uint8Array }
