// One part of a download as a zip that is written while it is read: files one after the other, stored as they are, and
// the manifest last. Runs in the service worker, and in the page where there is none. What cannot be had is listed,
// never left out in silence.
import { makeZip } from 'client-zip'
import { FileFailed, PartBroken } from './download-faults.ts'
import type { Failure, FailureReason, Part, PlannedFile } from './download-part.ts'
import { manifestName, writeManifest, type SavedFile } from './manifest.ts'
import { bytesBeside, zipBytesMax } from './plan-parts.ts'
import { openFile, type OpenedFile, type ReadDeps } from './read-file.ts'
import { createSignatures, type SignMany } from './signatures.ts'

export type StreamDeps = ReadDeps & {
  readonly signMany: SignMany
  /** Where the person's data lies; throws FileFailed where it does not. */
  readonly signData: (signal: AbortSignal) => Promise<string>
  readonly nowMs: () => number
  /** Bytes of files that were handed on since the last call. */
  readonly onBytes: (count: number) => void
  readonly bytesMax?: number
}

export type PartOutcome = {
  readonly failures: readonly Failure[]
  /** What did not fit after all, since copies may be larger than what they are copies of: for a part of its own. */
  readonly rest: readonly PlannedFile[]
}

export type StreamedPart = {
  readonly zip: ReadableStream<Uint8Array<ArrayBuffer>>
  /** Resolves once every byte was handed on. Rejects when the part broke or was stopped. */
  readonly ended: Promise<PartOutcome>
}

/** So many files in a row that cannot be read are no fault of theirs. */
const unreadableMax = 3

export function streamPart(deps: StreamDeps, part: Part, signal: AbortSignal): StreamedPart {
  const writing = { saved: [] as SavedFile[], failures: [] as Failure[], rest: [] as PlannedFile[] }
  const stop = new AbortController()
  const entries = writeEntries(deps, part, writing, AbortSignal.any([signal, stop.signal]))
  const { promise: ended, resolve, reject } = Promise.withResolvers<PartOutcome>()
  const reader = makeZip(entries).getReader()
  const zip = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value as Uint8Array<ArrayBuffer>)
          controller.close()
          resolve({ failures: writing.failures, rest: writing.rest })
        } catch (error) {
          stop.abort(error)
          reject(error)
          throw error
        }
      },
      cancel(reason) {
        stop.abort(new PartBroken('nobody saves it any more'))
        reject(new PartBroken('nobody saves it any more'))
        // What is on its way fails with it, as it should.
        reader.cancel(reason).catch(() => undefined)
      },
    },
    // Nothing is read ahead: what the browser cannot save yet stays where it is.
    { highWaterMark: 0 },
  )
  return { zip, ended }
}

type Writing = { readonly saved: SavedFile[]; readonly failures: Failure[]; rest: PlannedFile[] }
type Entry = { name: string; lastModified: Date; input: AsyncIterable<Uint8Array<ArrayBuffer>> | string }

async function* writeEntries(
  deps: StreamDeps,
  part: Part,
  writing: Writing,
  signal: AbortSignal,
): AsyncGenerator<Entry> {
  const { saved, failures } = writing
  const ids = part.files.flatMap(({ mediaId, refusal }) => (mediaId === null || refusal !== undefined ? [] : [mediaId]))
  const open = openFiles(deps, createSignatures(ids, deps.signMany, deps.nowMs), signal)
  let bytes = 0
  let unreadable = 0
  const fail = (file: PlannedFile, reason: FailureReason, bytesInZip: number) => {
    failures.push({ mediaId: file.mediaId, name: file.name, reason, bytesInZip })
    unreadable = reason === 'unreadable' ? unreadable + 1 : 0
    if (unreadable >= unreadableMax) throw new PartBroken('no file can be read')
  }

  for (const [index, file] of part.files.entries()) {
    const found = await open(file)
    if (found instanceof FileFailed) {
      fail(file, found.reason, 0)
      continue
    }
    const { opened, form } = found
    if (bytes > 0 && bytes + opened.bytes + bytesBeside(part.files.length) > (deps.bytesMax ?? zipBytesMax)) {
      opened.cancel()
      writing.rest = part.files.slice(index)
      break
    }
    yield { name: file.name, lastModified: dateOf(file.localTime), input: counted(opened, deps.onBytes) }
    const { bytes: written, sha256, failure } = opened.outcome()
    bytes += written
    saved.push({ file, bytes: written, sha256, form })
    if (failure === null) unreadable = 0
    else fail(file, failure.reason, written)
  }
  const madeAt = new Date(deps.nowMs())
  yield {
    name: manifestName(part.number),
    lastModified: madeAt,
    input: writeManifest(part, { saved, failures, madeAt }),
  }
}

type Found = { readonly opened: OpenedFile; readonly form: SavedFile['form'] }

const openFiles =
  (deps: StreamDeps, signatures: ReturnType<typeof createSignatures>, signal: AbortSignal) =>
  async ({ mediaId, refusal }: PlannedFile): Promise<Found | FileFailed> => {
    if (refusal !== undefined) return new FileFailed(refusal)
    let form: Found['form'] = 'data'
    const findAddress = async (isRefused: boolean) => {
      if (mediaId === null) return { url: await deps.signData(signal), sha256: null }
      const signed = await signatures.find(mediaId, isRefused, signal)
      form = signed.form
      return signed
    }
    try {
      const opened = await openFile(deps, findAddress, signal)
      return { opened, form }
    } catch (error) {
      if (error instanceof FileFailed) return error
      throw error
    }
  }

async function* counted(opened: OpenedFile, onBytes: (count: number) => void) {
  for await (const chunk of opened.chunks()) {
    onBytes(chunk.length)
    yield chunk
  }
}

/** What the date of a zip's entry can say, which has no zone: the time on the clock where the picture was taken. */
function dateOf(localTime: string): Date {
  const date = new Date(localTime)
  if (!(date.getFullYear() >= 1980)) return new Date(1980, 0, 1)
  return date.getFullYear() > 2107 ? new Date(2107, 11, 31) : date
}
