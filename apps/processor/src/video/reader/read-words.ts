// What a file says about itself in words, cut down to what is shown: plain, short, no control characters. Everything
// else stays behind; the exact place is only for finding a coarse one.
import { isWallClock } from '@shoebox/shared/media/wall-clock.ts'
import type { Capture } from '../../place/describe-capture.ts'
import type { Position } from '../../place/find-place.ts'
import { nameCamera } from '../../place/name-camera.ts'
import { toPlainWords } from '../../plain-words.ts'
import type { CoverArt, MediaTags } from './media-reading.ts'

/** What a parser found, as mediabunny names it. */
export type FileWords = {
  readonly title?: string | undefined
  readonly artist?: string | undefined
  readonly albumArtist?: string | undefined
  readonly album?: string | undefined
  readonly genre?: string | undefined
  readonly date?: Date | undefined
  readonly trackNumber?: number | undefined
  readonly images?: readonly { readonly data: Uint8Array; readonly kind?: string }[] | undefined
  /** As they stand in the file. */
  readonly raw?: Readonly<Record<string, unknown>> | undefined
}

const coverBytesMax = 16 * 1024 * 1024

export function readTags(words: FileWords): MediaTags {
  const title = toPlainWords(words.title)
  const artist = toPlainWords(words.artist) ?? toPlainWords(words.albumArtist)
  const album = toPlainWords(words.album)
  const genre = toPlainWords(words.genre)
  const year = words.date?.getUTCFullYear()
  const track = words.trackNumber
  return {
    ...(title === null ? {} : { title }),
    ...(artist === null ? {} : { artist }),
    ...(album === null ? {} : { album }),
    ...(genre === null ? {} : { genre }),
    ...(year !== undefined && year >= 1000 && year <= 9999 ? { year } : {}),
    ...(track !== undefined && Number.isInteger(track) && track > 0 && track < 10_000 ? { track } : {}),
  }
}

/** The front cover where one is marked, else the first picture. */
export function readCover(words: FileWords): CoverArt | null {
  const images = words.images ?? []
  const image = images.find(({ kind }) => kind === 'coverFront') ?? images[0]
  return image === undefined || image.data.length === 0 || image.data.length > coverBytesMax
    ? null
    : { bytes: image.data }
}

/** Where phones and cameras write the local time of a recording, the most exact first. */
const momentKeys = ['com.apple.quicktime.creationdate', '©day', 'DATE_RECORDED', 'creation_time']

const moment = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:(Z)|([+-]\d\d):?(\d\d))?$/

export function findRecordedAt(words: FileWords): string | null {
  for (const key of momentKeys) {
    const raw = words.raw?.[key]
    const found = typeof raw === 'string' ? moment.exec(raw.trim()) : null
    if (found?.[1] === undefined || !isWallClock(found[1])) continue
    if (found[2] !== undefined) return `${found[1]}+00:00`
    return found[3] === undefined ? found[1] : `${found[1]}${found[3]}:${found[4] ?? '00'}`
  }
  return null
}

/** Apple's names, then those of the older text boxes, then what FFmpeg and Matroska call them. */
const makeKeys = ['com.apple.quicktime.make', '©mak', 'com.android.manufacturer', 'make', 'MAKE']
const modelKeys = ['com.apple.quicktime.model', '©mod', 'com.android.model', 'model', 'MODEL']
const lensKeys = ['com.apple.quicktime.camera.lens_model', 'lens_model']
const placeKeys = ['com.apple.quicktime.location.ISO6709', '©xyz', 'location', 'LOCATION']

export function readCapture({ raw }: FileWords): Capture {
  const find = (keys: readonly string[]) => keys.map((key) => raw?.[key]).find((value) => typeof value === 'string')
  return {
    camera: nameCamera(find(makeKeys), find(modelKeys)),
    lens: toPlainWords(find(lensKeys)),
    exposure: null,
    position: readPosition(find(placeKeys)),
  }
}

/** ISO 6709 in degrees, as phones write it: `+48.8577+002.295/`. */
function readPosition(text: unknown): Position | null {
  const found = typeof text === 'string' ? /^([+-]\d\d(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)/.exec(text) : null
  return found === null ? null : { latitude: Number(found[1]), longitude: Number(found[2]) }
}
