// A chained Ogg file as one sound: mediabunny reads its first link and knows of no other, where players go on to the end.
import { Input, OGG, type InputAudioTrack } from 'mediabunny'
import { findOggLinks, type OggLink } from '../../audio/find-ogg-links.ts'
import type { SoundSource } from '../../audio/decode-peaks.ts'
import type { BlockSource } from './block-source.ts'
import { findDurationMs } from './find-duration.ts'
import { findLinkEnd } from './find-end.ts'
import { toSource } from './to-source.ts'
import { soundSourceOf } from './track-packets.ts'

type OggChain = {
  /** Of all links; null when one of them does not tell. */
  readonly durationMs: number | null
  readonly openSound: () => Promise<SoundSource>
  readonly close: () => void
}

/** Null for a file of one link, which needs nothing of this. */
export async function openOggChain(source: BlockSource, first: InputAudioTrack): Promise<OggChain | null> {
  const links = await findOggLinks(source)
  if (links.length < 2) return null
  const opened = await Promise.all(links.map((link) => openLink(source, link)))
  // Pictures, and sounds that are not read here, are passed over: they take up no time of what is heard.
  const sounds = opened.flatMap(({ link, track }) => (track === null ? [] : [{ link, track }]))
  const tracks = sounds.map(({ track }) => track)
  const lengths = await Promise.all(
    sounds.map(({ link, track }) => findDurationMs([track], { findEnd: () => findLinkEnd(source, link, track) })),
  )
  return {
    durationMs: lengths.reduce((sum, length) => (sum === null || length === null ? null : sum + length), 0),
    openSound: async () => (await openFrom(tracks, 0)) ?? soundSourceOf(first),
    close: () => opened.forEach(({ input }) => input.dispose()),
  }
}

async function openLink(source: BlockSource, link: OggLink) {
  const input = new Input({ source: toSource(source, link), formats: [OGG] })
  const track = await input.getPrimaryAudioTrack().catch(() => null)
  return { link, input, track: track !== null && (await track.getCodec()) !== null ? track : null }
}

async function openFrom(tracks: readonly InputAudioTrack[], index: number): Promise<SoundSource | null> {
  const track = tracks[index]
  return track === undefined ? null : { ...(await soundSourceOf(track)), openNext: () => openFrom(tracks, index + 1) }
}
