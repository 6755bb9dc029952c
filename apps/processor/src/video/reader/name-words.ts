import type { FormatContext } from 'node-av/lib'
import type { FileWords } from './read-words.ts'

/** FFmpeg's words about a file under the names that read-words knows. Ogg keeps them with the track. */
export function nameWords({ metadata, streams }: FormatContext, cover: Uint8Array | null): FileWords {
  const words = new Map<string, string>()
  for (const dictionary of [metadata, ...streams.map((stream) => stream.metadata)])
    for (const [name, word] of Object.entries(dictionary?.getAll() ?? {}))
      // Vorbis comments come in capitals or not; Apple's names are told apart by them.
      for (const known of [name, name.toLowerCase()]) if (!words.has(known)) words.set(known, word)
  const find = (...names: string[]) => names.map((name) => words.get(name)).find((word) => word !== undefined)
  const year = /^\d{4}/.exec(find('date', 'year') ?? '')?.[0]
  const track = /^\d+/.exec(find('track', 'tracknumber') ?? '')?.[0]
  return {
    title: find('title'),
    artist: find('artist'),
    albumArtist: find('album_artist', 'albumartist'),
    album: find('album'),
    genre: find('genre'),
    date: year === undefined ? undefined : new Date(`${year}-01-01T00:00:00Z`),
    trackNumber: track === undefined ? undefined : Number(track),
    images: cover === null ? [] : [{ data: cover }],
    raw: Object.fromEntries(words),
  }
}
