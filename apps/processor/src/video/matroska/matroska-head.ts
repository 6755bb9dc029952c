// What stands before the first cluster of a Matroska or WebM file (RFC 9559).
import type { BlockSource } from '../reader/block-source.ts'
import { headerBytesMax, readElement, type Element } from './ebml.ts'
import { Nested } from './matroska-elements.ts'
import { matroskaIds as ids } from './matroska-ids.ts'

const elementsMax = 64
const bodyBytesMax = 4 * 1024 * 1024

export type MatroskaHead = {
  readonly segmentBody: number
  readonly tracks: Nested
  /** Nanoseconds of one tick. */
  readonly scaleNs: number
  /** Where the index begins, if the file says. */
  readonly cuesAt: number | null
}

export async function readHead(source: BlockSource): Promise<MatroskaHead | null> {
  const heading = await elementAt(source, 0)
  const segment = heading?.end == null ? null : await elementAt(source, heading.end)
  if (segment?.id !== ids.segment) return null
  let [tracks, scaleNs, cuesAt]: [Nested | null, number, number | null] = [null, 1_000_000, null]
  for (let at = segment.bodyStart, count = 0; count < elementsMax; count += 1) {
    const element = await elementAt(source, at)
    if (element === null || element.end === null || element.id === ids.cluster) break
    if (element.id === ids.tracks) tracks = await bodyOf(source, element)
    if (element.id === ids.info) scaleNs = (await bodyOf(source, element))?.uint(ids.timestampScale) ?? scaleNs
    if (element.id === ids.seekHead) cuesAt ??= findSeek(await bodyOf(source, element), segment.bodyStart)
    if (element.id === ids.cues) cuesAt = at
    at = element.end
  }
  return tracks === null ? null : { segmentBody: segment.bodyStart, tracks, scaleNs, cuesAt }
}

export async function elementAt(source: BlockSource, at: number): Promise<Element | null> {
  if (at < 0 || at >= source.bytes) return null
  return readElement(await source.read(at, Math.min(source.bytes, at + headerBytesMax)), at)
}

export async function bodyOf(source: BlockSource, { bodyStart, end }: Element): Promise<Nested | null> {
  if (end === null || end > source.bytes || end - bodyStart > bodyBytesMax || end === bodyStart) return null
  return new Nested(await source.read(bodyStart, end))
}

function findSeek(seekHead: Nested | null, segmentBody: number): number | null {
  for (const seek of seekHead?.children(ids.seek) ?? []) {
    const position = seek.uint(ids.seekPosition)
    if (seek.uint(ids.seekId) === ids.cues && position !== null) return segmentBody + position
  }
  return null
}
