// Addresses of the files of one part, asked for as the part goes on: a hundred at a time, since each works for minutes.
import type { MediaId } from '@shoebox/shared/ids.ts'
import { FileFailed } from './download-faults.ts'

/** The most items one question may name; see originals.schema.ts. */
export const signedMax = 100

/** What the API says of one file, as far as it matters for saving it. */
export type SignedFile = {
  readonly mediaId: MediaId
  readonly url: string
  readonly expiresAt: string
  readonly form: 'original' | 'copy'
  /** Of the whole file, standard base64, where the server knows it for these bytes. */
  readonly sha256: string | null
}
export type SignedAnswer = {
  readonly items: readonly SignedFile[]
  readonly refused: readonly { readonly mediaId: MediaId; readonly code: 'not_found' | 'no_copy' }[]
}
export type SignMany = (mediaIds: MediaId[], signal: AbortSignal) => Promise<SignedAnswer>

export type Signatures = {
  /** `isRefused`: the address that was given before is not accepted. Throws FileFailed for what is not to be had. */
  readonly find: (mediaId: MediaId, isRefused: boolean, signal: AbortSignal) => Promise<SignedFile>
}

/** An address must last until the first byte; from then on the connection counts. Milliseconds. */
const marginMs = 30_000

/** `mediaIds`: of the part, in the order in which they are going to be asked for. */
export function createSignatures(mediaIds: readonly MediaId[], signMany: SignMany, nowMs: () => number): Signatures {
  let answer: SignedAnswer = { items: [], refused: [] }
  const find = (mediaId: MediaId): SignedFile | undefined => {
    const refusal = answer.refused.find((refused) => refused.mediaId === mediaId)
    if (refusal !== undefined) throw new FileFailed(refusal.code === 'no_copy' ? 'no_copy' : 'gone')
    return answer.items.find((item) => item.mediaId === mediaId)
  }
  return {
    async find(mediaId, isRefused, signal) {
      const known = isRefused ? undefined : find(mediaId)
      if (known !== undefined && Date.parse(known.expiresAt) - nowMs() > marginMs) return known
      const from = mediaIds.indexOf(mediaId)
      answer = await signMany(mediaIds.slice(from, from + signedMax), signal)
      const signed = find(mediaId)
      if (signed === undefined) throw new FileFailed('gone')
      return signed
    },
  }
}
