// What a file says about itself in words, cut down to what is shown: plain, short, no control characters. Everything
// else, above all where and with which device it was made, stays behind.
import type { MetadataTags } from 'mediabunny'
import type { CoverArt, MediaTags } from './media-reading.ts'

const charactersMax = 200
const coverBytesMax = 16 * 1024 * 1024

export function readTags(words: MetadataTags): MediaTags {
  const title = clean(words.title)
  const artist = clean(words.artist) ?? clean(words.albumArtist)
  const album = clean(words.album)
  const genre = clean(words.genre)
  const year = words.date?.getUTCFullYear()
  const track = words.trackNumber
  return {
    ...(title === undefined ? {} : { title }),
    ...(artist === undefined ? {} : { artist }),
    ...(album === undefined ? {} : { album }),
    ...(genre === undefined ? {} : { genre }),
    ...(year !== undefined && year >= 1000 && year <= 9999 ? { year } : {}),
    ...(track !== undefined && Number.isInteger(track) && track > 0 && track < 10_000 ? { track } : {}),
  }
}

function clean(text: string | undefined): string | undefined {
  // Control and direction characters could make one line look like another.
  const plain = text
    ?.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === undefined || plain === '' ? undefined : Array.from(plain).slice(0, charactersMax).join('').trim()
}

/** The front cover where one is marked, else the first picture. */
export function readCover(words: MetadataTags): CoverArt | null {
  const images = words.images ?? []
  const image = images.find(({ kind }) => kind === 'coverFront') ?? images[0]
  return image === undefined || image.data.length === 0 || image.data.length > coverBytesMax
    ? null
    : { bytes: image.data }
}

/** Where phones and cameras write the local time of a recording, the most exact first. */
const momentKeys = ['com.apple.quicktime.creationdate', '©day', 'DATE_RECORDED', 'creation_time']

const moment = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:(Z)|([+-]\d\d):?(\d\d))?$/

export function findRecordedAt(words: MetadataTags): string | null {
  for (const key of momentKeys) {
    const raw = words.raw?.[key]
    const found = typeof raw === 'string' ? moment.exec(raw.trim()) : null
    if (found?.[1] === undefined || Number.isNaN(Date.parse(`${found[1]}Z`))) continue
    if (found[2] !== undefined) return `${found[1]}+00:00`
    return found[3] === undefined ? found[1] : `${found[1]}${found[3]}:${found[4] ?? '00'}`
  }
  return null
}
