// When a file ends whose header does not say it, by what stands at its end. Looking through all of it costs a read for
// each of its parts, thousands of a long recording.
import type { InputAudioTrack, InputVideoTrack } from 'mediabunny'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { findOggEnd } from '../../audio/find-ogg-end.ts'
import type { OggLink } from '../../audio/find-ogg-links.ts'
import { findLastTime } from '../matroska/find-last-time.ts'
import { findLastFragmentEnd } from '../play/find-last-fragment.ts'
import type { MovieBox } from '../play/movie-box.ts'
import type { BlockSource } from './block-source.ts'

type Opened = {
  readonly type: TimedType
  readonly video: InputVideoTrack | null
  readonly audio: InputAudioTrack | null
  readonly movie: MovieBox | null
}

/** In seconds; null where the end says nothing. */
export async function findEnd(source: BlockSource, { type, video, audio, movie }: Opened): Promise<number | null> {
  const tracks = new Set([video, audio].flatMap((track) => (track === null ? [] : [track.id])))
  if (movie !== null) return findLastFragmentEnd(source, movie, tracks)
  if (type === 'audio/ogg') return audio === null ? null : findLinkEnd(source, { start: 0, end: source.bytes }, audio)
  return type === 'video/webm' || type === 'video/matroska' ? findLastTime(source, tracks) : null
}

/** Of one link of an Ogg file, in seconds. */
export const findLinkEnd = async (source: BlockSource, link: OggLink, audio: InputAudioTrack): Promise<number | null> =>
  findOggEnd(source, link, {
    serial: audio.id,
    codec: (await audio.getCodec()) ?? '',
    sampleRateHz: await audio.getSampleRate(),
  })
