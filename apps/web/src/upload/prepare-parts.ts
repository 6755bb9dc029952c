// Cuts a large file, sums the parts that are missing and has them signed, a few parts ahead of what is being sent. Reads
// one part at a time; no more of the file is ever in memory for this.
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import type { SendOutcome } from './send-file.ts'
import { endOf, hashPart, type PartsEnd, type PartSum, type ReadyPart, type SendPartDeps } from './send-part.ts'

export type PartsToPrepare = {
  readonly mediaId: MediaId
  readonly file: Blob
  readonly partBytes: number
  readonly parts: number
  /** The parts that are there already, by number. */
  readonly arrived: ReadonlyMap<number, string>
  /** Sums known from earlier rounds; filled here. */
  readonly sums: Map<number, string>
  readonly signal: AbortSignal
}

/** How many parts one call signs: all of them together are sent long before the requests expire. */
const partsPerCall = 8
/** The first calls sign fewer: sending starts with the first part that is summed, and never waits long for the next. */
const partsInFirstCalls = [1, 1, 2, 4]

type Prepared = { readonly type: 'prepared'; readonly parts: readonly ReadyPart[] } | PartsEnd

/** Yields parts to send, in order, and at last why there can be no more, if that is so. */
export async function* prepareParts(
  deps: SendPartDeps,
  work: PartsToPrepare,
): AsyncGenerator<ReadyPart, PartsEnd | null, undefined> {
  let next = 1
  const prepareNext = (count: number): Promise<Prepared> | null => {
    if (next > work.parts) return null
    const from = next
    next = Math.min(work.parts + 1, from + count)
    return prepareSome(deps, work, from, next)
  }
  const counts = [...partsInFirstCalls]
  let coming = prepareNext(counts.shift() ?? partsPerCall)
  while (coming !== null) {
    const prepared: Prepared = await coming
    if (prepared.type !== 'prepared') return prepared
    coming = prepareNext(counts.shift() ?? partsPerCall)
    yield* prepared.parts
  }
  return null
}

/** Never throws: it runs ahead, when nobody may be waiting for it any more. */
async function prepareSome(deps: SendPartDeps, work: PartsToPrepare, from: number, until: number): Promise<Prepared> {
  const wanted: { partNumber: number; sha256: string; blob: Blob }[] = []
  for (let partNumber = from; partNumber < until; partNumber += 1) {
    if (work.arrived.has(partNumber)) continue
    const summed = await sumPart(deps, work, partNumber)
    if (summed.type !== 'summed') return summed
    wanted.push(summed.part)
  }
  if (wanted.length === 0) return { type: 'prepared', parts: [] }
  const sums = wanted.map(({ partNumber, sha256 }) => ({ partNumber, sha256 }))
  const signed = await askApi(deps, work.signal, () => deps.signParts(work.mediaId, sums))
  if (signed.type !== 'answered') return endOf(signed)
  const requests = new Map(signed.answer.map(({ partNumber, request }) => [partNumber, request]))
  const gotAtMs = deps.nowMs()
  return {
    type: 'prepared',
    parts: wanted.map((part) => {
      const request = requests.get(part.partNumber)
      return { ...part, held: request === undefined ? null : { request, gotAtMs } }
    }),
  }
}

type Summed = { readonly type: 'summed'; readonly part: PartSum & { readonly blob: Blob } } | SendOutcome

export async function sumPart(
  deps: Pick<SendPartDeps, 'hash'>,
  { file, partBytes, sums, signal }: Pick<PartsToPrepare, 'file' | 'partBytes' | 'sums' | 'signal'>,
  partNumber: number,
): Promise<Summed> {
  if (signal.aborted) return { type: 'aborted' }
  const start = (partNumber - 1) * partBytes
  const blob = file.slice(start, Math.min(file.size, start + partBytes))
  const known = sums.get(partNumber)
  const hashed = known === undefined ? await hashPart(deps, blob) : ({ type: 'hashed', sha256: known } as const)
  if (hashed.type !== 'hashed') return hashed
  sums.set(partNumber, hashed.sha256)
  return { type: 'summed', part: { partNumber, sha256: hashed.sha256, blob } }
}
