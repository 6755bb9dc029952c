// Says what a file is from its bytes alone. The client's word for it, and the name, are never asked.
import { fileTypeFromTokenizer } from 'file-type'
import { findMediaType, type MediaType } from '@shoebox/shared/media/kinds.ts'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { findSoundFrames } from './find-sound-frames.ts'
import { findMainCodec } from './heif-items.ts'
import { nameIsoFamily } from './iso-brands.ts'
import { nameOther } from './other-types.ts'
import type { RangedTokenizer } from './ranged-tokenizer.ts'
import { nameText } from './text-types.ts'
import { opensAsRaw } from './tiff-tags.ts'

export type TypeRefusal = {
  readonly reason: Extract<InspectionRefusal, 'type_not_allowed' | 'type_unknown'>
  readonly detectedType: string | null
}

/** Identifies the file behind the tokenizer and holds it against the allow-list. Throws when the bytes cannot be read. */
export async function detectType(tokenizer: RangedTokenizer): Promise<Result<MediaType, TypeRefusal>> {
  const head = await tokenizer.block(0)
  const found =
    nameIsoFamily(head) ??
    nameRiffSound(head) ??
    (await nameByMagic(tokenizer)) ??
    nameOther(head) ??
    nameText(head) ??
    findSoundFrames(head, head.length === tokenizer.fileInfo.size)?.name ??
    null
  if (found === null) return refuse({ reason: 'type_unknown', detectedType: null })
  const name = correctName(found, Buffer.from(head))
  const type = findMediaType(name)
  return type === null ? refuse({ reason: 'type_not_allowed', detectedType: name }) : accept(type)
}

/**
 * What a name that is right as far as it goes hides: films that are called sounds, raw files that are called pictures,
 * and pictures whose brands promise another codec than theirs.
 */
function correctName(name: string, head: Buffer): string {
  const type = findMediaType(name)
  if (type === 'audio/ogg' && hasOggPictures(head)) return 'video/ogg'
  if (type === 'image/heic' || type === 'image/avif') return nameByCodec[findMainCodec(head) ?? ''] ?? name
  return type === 'image/tiff' && opensAsRaw(head) ? 'image/x-raw' : name
}

const nameByCodec: Readonly<Record<string, MediaType>> = { hvc1: 'image/heic', av01: 'image/avif' }

/** Every stream of an Ogg file says what it is before the first data, whichever comes first: Theora, Dirac, VP8. */
const hasOggPictures = (head: Buffer): boolean => /\x80theora|BBCD\0|OVP80\x01/.test(head.toString('latin1', 0, 4096))

/** WAV beyond 4 GB and with the high byte first, which file-type does not know (EBU Tech 3306, ITU-R BS.2088). */
const nameRiffSound = (head: Uint8Array): string | null =>
  /^(?:RF64|BW64|RIFX)[^]{4}WAVE/.test(Buffer.from(head.subarray(0, 12)).toString('latin1')) ? 'audio/wav' : null

async function nameByMagic(tokenizer: RangedTokenizer): Promise<string | null> {
  // A parser that stumbles over hostile structure has not identified the file; a failed read is our fault, not its.
  const found = await fileTypeFromTokenizer(tokenizer).catch(() => undefined)
  if (tokenizer.fault !== null) throw tokenizer.fault
  return found?.mime ?? null
}
