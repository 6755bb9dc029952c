import type { Result } from '@shoebox/shared/result.ts'
import type { SoundSource } from '../../audio/decode-peaks.ts'
import type { FrameSource } from '../frame/decode-frame.ts'
import type { ReadBudget } from './block-source.ts'
import type { CoverArt, MediaFacts, MediaRefusal, PictureFacts } from './media-reading.ts'

/** To learn what it is: tables of two hours of film are about 10 MB. */
export const probeBudget: ReadBudget = { bytesMax: 64 * 2 ** 20, readsMax: 1024 }

/** A film or a sound that has been looked into, whichever parser did it. */
export type OpenMedia = {
  readonly facts: MediaFacts
  readonly cover: CoverArt | null
  /** Null where the facts hold it already, and where there is none. */
  readonly readPictures: (() => Promise<PictureFacts>) | null
  /** Null where there is no such track, or none that a decoder exists for. */
  readonly openFrames: (() => Promise<FrameSource>) | null
  readonly openSound: (() => Promise<SoundSource>) | null
  readonly close: () => void
}

export type OpenedMedia = Result<OpenMedia, MediaRefusal>
