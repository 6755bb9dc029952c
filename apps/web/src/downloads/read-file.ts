// Reads one file from its first byte to its last, whatever happens to the connections: what breaks off goes on by Range
// where it stopped. Bytes are pulled, so a slow disk slows the connection and nothing piles up in memory.
import { planWait } from '../upload/back-off.ts'
import { createSha256 } from '../upload/sha256.ts'
import { FileFailed, PartBroken } from './download-faults.ts'

export type Address = { readonly url: string; readonly sha256: string | null }

export type ReadDeps = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Whether our own site answers. If it does not, no file is to blame. */
  readonly isSiteUp: (signal: AbortSignal) => Promise<boolean>
  /** Resolves at once, unless the download is paused. */
  readonly passGate: () => Promise<void>
  readonly onOffline: (isOffline: boolean) => void
  /** From 0 up to 1. */
  readonly random: () => number
}

/** `isRefused`: the address that was given before is not accepted any more. */
export type FindAddress = (isRefused: boolean) => Promise<Address>

/** Attempts in a row that bring no byte. About half a minute. */
const attemptsMax = 7
/** A connection that says nothing for this long is dead. Milliseconds. */
const silenceMaxMs = 30_000
/** Between looks whether the site is up again. Milliseconds. */
const lookEveryMs = 4000

type Chunk = Uint8Array<ArrayBuffer>

type Connection = {
  readonly line: AbortController
  readonly reader: ReadableStreamDefaultReader<Chunk>
  /** Bytes at the start that are known already, since the server took no notice of the range. */
  skip: number
}

/** Of all connections of a file, so that they are of the same bytes. */
type Identity = { readonly bytes: number; readonly etag: string | null }

/**
 * Opens a file; it is there, with its first bytes, when this resolves.
 * @throws FileFailed where it is not to be had, and whatever the signal was aborted with
 */
export async function openFile(deps: ReadDeps, findAddress: FindAddress, signal: AbortSignal): Promise<OpenedFile> {
  const file = new OpenedFile(deps, findAddress, signal)
  await file.open()
  return file
}

export class OpenedFile {
  readonly #deps: ReadDeps
  readonly #findAddress: FindAddress
  readonly #signal: AbortSignal
  readonly #hash = createSha256()
  #sha256: string | null = null
  #expected: string | null = null
  #identity: Identity | null = null
  #connection: Connection | null = null
  /** The address was not accepted the last time. */
  #isRefused = false
  /** Attempts in a row that brought no byte. */
  #failures = 0
  #at = 0
  #first: Chunk | null = null
  #failure: FileFailed | null = null

  constructor(deps: ReadDeps, findAddress: FindAddress, signal: AbortSignal) {
    this.#deps = deps
    this.#findAddress = findAddress
    this.#signal = signal
  }

  async open(): Promise<void> {
    this.#first = await this.#read()
  }

  get bytes(): number {
    return this.#identity?.bytes ?? 0
  }

  /** Ends early where the file cannot be had whole; the outcome then says why. */
  async *chunks(): AsyncGenerator<Chunk, void> {
    try {
      for (let chunk = this.#first; chunk !== null; chunk = await this.#read()) yield chunk
      if (this.#expected !== null && this.#digest() !== this.#expected) this.#failure = new FileFailed('checksum')
    } catch (error) {
      if (!(error instanceof FileFailed)) throw error
      this.#failure = error
    } finally {
      this.cancel()
    }
  }

  /** Of what was read. */
  outcome(): { readonly bytes: number; readonly sha256: string; readonly failure: FileFailed | null } {
    return { bytes: this.#at, sha256: this.#digest(), failure: this.#failure }
  }

  cancel(): void {
    this.#connection?.line.abort()
    this.#connection = null
  }

  #digest(): string {
    this.#sha256 ??= btoa(String.fromCharCode(...this.#hash.digest()))
    return this.#sha256
  }

  /** The next bytes, over however many connections it takes; null at the end of the file. */
  async #read(): Promise<Chunk | null> {
    for (;;) {
      this.#signal.throwIfAborted()
      await this.#deps.passGate()
      try {
        const chunk = await this.#readOnce()
        if (chunk?.length === 0) continue
        this.#failures = 0
        return chunk
      } catch (error) {
        this.cancel()
        if (this.#signal.aborted || error instanceof FileFailed || error instanceof PartBroken) throw error
        // A signature that ended is renewed at once: nothing is wrong with the line.
        if (!this.#isRefused) this.#failures = await recover(this.#deps, this.#failures + 1, this.#signal)
      }
    }
  }

  async #readOnce(): Promise<Chunk | null> {
    if (this.#at === this.#identity?.bytes) return null
    this.#connection ??= await this.#connect()
    const { line, reader } = this.#connection
    const { done, value } = await inTime(reader.read(), line)
    if (done && this.#at === this.bytes) return null
    if (done) throw new Error('the connection ended before the file')
    const skipped = Math.min(this.#connection.skip, value.length)
    this.#connection.skip -= skipped
    const chunk = value.subarray(skipped, skipped + this.bytes - this.#at)
    this.#at += chunk.length
    this.#hash.update(chunk)
    return chunk
  }

  async #connect(): Promise<Connection> {
    const { url, sha256 } = await this.#findAddress(this.#isRefused)
    this.#expected = sha256
    const line = new AbortController()
    const request = {
      signal: AbortSignal.any([this.#signal, line.signal]),
      // What is read once, and is gigabytes, would only push pictures out of the browser's cache.
      cache: 'no-store',
      credentials: 'omit',
      ...(this.#at === 0 ? {} : { headers: { range: `bytes=${this.#at}-` } }),
    } as const
    const response = await inTime(this.#deps.fetch(url, request), line)
    const { status, body } = response
    if (!response.ok) line.abort()
    if (status === 404 || status === 410 || (status === 403 && this.#isRefused)) throw new FileFailed('gone')
    this.#isRefused = status === 403
    if (status === 416) throw new FileFailed('changed')
    if (!response.ok || body === null) throw new Error(`answered ${status}`)
    const identity = identify(response)
    this.#identity ??= identity
    if (identity.bytes !== this.#identity.bytes || identity.etag !== this.#identity.etag)
      throw new FileFailed('changed')
    return { line, reader: body.getReader(), skip: status === 206 ? 0 : this.#at }
  }
}

/** Waits before the next attempt; returns how many have failed in a row by then. Throws when enough have. */
async function recover(deps: ReadDeps, failures: number, signal: AbortSignal): Promise<number> {
  await deps.wait(planWait(failures + 1, deps.random()), signal)
  if (failures < attemptsMax) return failures
  if (await deps.isSiteUp(signal)) throw new FileFailed('unreadable')
  deps.onOffline(true)
  try {
    do await deps.wait(lookEveryMs, signal)
    while (!(await deps.isSiteUp(signal)))
  } finally {
    deps.onOffline(false)
  }
  return 0
}

function identify(response: Response): Identity {
  const range = /^bytes \d+-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]
  const bytes = response.status === 206 ? range : response.headers.get('content-length')
  // Without it, an answer that breaks off looks like one that ends.
  if (bytes == null) throw new Error('the answer does not say how long it is')
  return { bytes: Number(bytes), etag: response.headers.get('etag') }
}

/** Cuts the line when nothing comes over it for too long. */
async function inTime<T>(work: Promise<T>, line: AbortController): Promise<T> {
  const timer = setTimeout(() => line.abort(new Error('nothing came for too long')), silenceMaxMs)
  return await work.finally(() => clearTimeout(timer))
}
