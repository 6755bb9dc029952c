// The captions that a film brings along, as WebVTT. Runs in the reader's process. Bounded in tracks, cues, reads and
// bytes: what would cost more is left out, and never a reason against the film.
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { captionTracksMax } from '@shoebox/shared/media/timed-limits.ts'
import { toPlainWords } from '../../plain-words.ts'
import type { BlockSource, FetchRange } from '../reader/block-source.ts'
import { CaptionReads, type TextTrack } from './caption-track.ts'
import { findIsoCaptions } from './find-iso-captions.ts'
import { findMatroskaCaptions } from './find-matroska-captions.ts'
import { tellsPlace, writeWebvtt } from './write-webvtt.ts'

export type Captions = {
  /** BCP 47. */
  readonly language: string | null
  readonly label: string | null
  readonly vtt: string
}

export type CaptionsRead = { readonly captions: readonly Captions[]; readonly note?: string }

/** Two hours of speech among two hours of pictures are about 1,500 cues. */
const readsBudget = { readsMax: 2048, bytesMax: 8 * 2 ** 20 }

type Finder = (source: BlockSource) => Promise<TextTrack[]>

const finders: Partial<Readonly<Record<TimedType, Finder>>> = {
  'video/mp4': findIsoCaptions,
  'video/quicktime': findIsoCaptions,
  'video/webm': findMatroskaCaptions,
  'video/matroska': findMatroskaCaptions,
}

/** @param source that of the parser before, so that its bytes are here already */
export async function readCaptions(type: TimedType, source: BlockSource, fetch: FetchRange): Promise<CaptionsRead> {
  const captions: Captions[] = []
  try {
    const tracks = (await finders[type]?.(source)) ?? []
    const reads = new CaptionReads(fetch, readsBudget)
    for (const track of tracks.slice(0, captionTracksMax)) {
      const cues = await track.readCues(reads)
      const vtt = cues === null || tellsPlace(cues) ? null : writeWebvtt(cues)
      if (vtt !== null) captions.push({ language: track.language, label: toPlainWords(track.label), vtt })
    }
    return { captions }
  } catch (error) {
    // What was read before it became too much stands.
    return { captions, note: `captions: ${error instanceof Error ? error.message : String(error)}` }
  }
}
