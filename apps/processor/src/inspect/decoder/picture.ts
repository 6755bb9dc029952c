// What decoding a picture yields. Crosses the border between the decoder's process and ours, so it is plain data.
import type { DerivativeName } from '@shoebox/shared/media/derivatives.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import type { Result } from '@shoebox/shared/result.ts'
import type { Capture } from '../../place/describe-capture.ts'

export type EncodedDerivative = {
  readonly name: DerivativeName
  readonly widthPx: number
  readonly heightPx: number
  readonly body: Uint8Array
}

/** What others may download of a picture: its image, and nothing that says where it was taken or by whom. */
export type PictureCopy = {
  readonly type: MediaType
  /** Its bytes, one after another; most are views of the file. */
  readonly pieces: readonly Uint8Array[]
  /** They are the file as it was sent: there was nothing to take out. Told by whoever sent it. */
  readonly isFile?: boolean
}

export type Picture = {
  /** Upright size of the original. */
  readonly widthPx: number
  readonly heightPx: number
  readonly thumbhash: Uint8Array
  /** `#rrggbb`. */
  readonly dominantColor: string
  /** See fingerprint.ts. Null: there is too little to see. */
  readonly fingerprint: string | null
  readonly takenAt: ReadyOutcome['takenAt']
  readonly capture: Capture | null
  readonly isCutToFirstFrame: boolean
  readonly derivatives: readonly EncodedDerivative[]
  /** Null where none was asked for. */
  readonly copy: PictureCopy | null
}

export type PictureRefusal = {
  readonly reason: Extract<InspectionRefusal, `image_${string}` | 'file_hides_other'>
  /** For the log only; never shown to people. */
  readonly detail: string
}

export type PictureVerdict = Result<Picture, PictureRefusal>

/** Image types that the decoder reads: all that are allowed. */
export const decodableTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/heic',
  'image/tiff',
] as const
export type DecodableType = (typeof decodableTypes)[number]

export const isDecodable = (type: MediaType): type is DecodableType =>
  (decodableTypes as readonly MediaType[]).includes(type)
