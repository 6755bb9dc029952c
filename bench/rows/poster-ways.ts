// The two ways to a film's poster that B8 compares: by ranged reads in the reader's process, and by a download that
// FFmpeg then opens.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { decodeWithFfmpeg, type PeerFrame } from '@shoebox/processor/test/ffmpeg-poster.ts'
import type { MediaObjects } from '@shoebox/processor/src/inspect/inspect-upload.ts'
import type { MediaReading } from '@shoebox/processor/src/video/reader/media-reading.ts'
import { createReader, type MediaReader } from '@shoebox/processor/src/video/reader/reader-process.ts'

export type StoredFilm = {
  readonly objects: Pick<MediaObjects, 'readIncoming' | 'streamIncoming'>
  readonly key: string
  readonly etag: string
  readonly bytes: number
}

export async function findFilm(
  objects: StoredFilm['objects'] & Pick<MediaObjects, 'headIncoming'>,
  key: string,
): Promise<StoredFilm> {
  const head = await objects.headIncoming(key)
  if (head === null) throw new Error(`nothing at ${key}`)
  return { objects, key, etag: head.etag, bytes: head.bytes }
}

export function startReader(): MediaReader {
  const entry = new URL('../../apps/processor/src/video/reader/reader.child.ts', import.meta.url)
  return createReader({ entry, env: { MALLOC_ARENA_MAX: '2' } })
}

export async function readPoster(
  reader: MediaReader,
  { objects, key, etag, bytes }: StoredFilm,
): Promise<MediaReading> {
  const verdict = await reader.read({ type: 'video/mp4', bytes }, (from, to) =>
    objects.readIncoming(key, etag, from, to - 1),
  )
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  return verdict.value
}

export async function downloadPoster({ objects, key, etag }: StoredFilm, path: string): Promise<PeerFrame> {
  await pipeline(Readable.from(objects.streamIncoming(key, etag, 0)), createWriteStream(path))
  return decodeWithFfmpeg(path)
}
