// Undoes `aws-chunked`, the framing that SDKs use for streams: chunks with their length in hex, then trailers such as
// the checksum. Called by receive-body only.
import { Transform, type TransformCallback } from 'node:stream'
import { S3Error } from './s3-error.ts'

type Expecting = 'length' | 'bytes' | 'line end' | 'trailer' | 'nothing'

export class AwsChunkedDecoder extends Transform {
  readonly trailers = new Map<string, string>()
  private pending: Buffer = Buffer.alloc(0)
  private bytesLeft = 0
  private expecting: Expecting = 'length'

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk])
    try {
      while (this.takeStep()) {
        // Each step consumes one frame element.
      }
      done()
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.expecting === 'nothing' ? null : incompleteBody('The request body terminated unexpectedly'))
  }

  private takeStep(): boolean {
    if (this.expecting === 'nothing') return false
    if (this.expecting === 'bytes') return this.takeBytes()
    const line = this.takeLine()
    if (line === null) return false
    if (this.expecting === 'line end') this.expecting = 'length'
    else if (this.expecting === 'length') this.startChunk(line)
    else this.takeTrailer(line)
    return true
  }

  private takeBytes(): boolean {
    if (this.pending.length === 0) return false
    const bytes = this.pending.subarray(0, this.bytesLeft)
    this.pending = this.pending.subarray(bytes.length)
    this.bytesLeft -= bytes.length
    this.push(bytes)
    if (this.bytesLeft === 0) this.expecting = 'line end'
    return true
  }

  private takeLine(): string | null {
    const end = this.pending.indexOf('\r\n')
    if (end < 0) {
      if (this.pending.length > 8192) throw incompleteBody('A chunk header is too long')
      return null
    }
    const line = this.pending.subarray(0, end).toString('latin1')
    this.pending = this.pending.subarray(end + 2)
    return line
  }

  private startChunk(line: string): void {
    const hex = line.split(';')[0] ?? ''
    if (!/^[0-9a-f]{1,8}$/i.test(hex)) throw incompleteBody('A chunk header is not a length')
    this.bytesLeft = Number.parseInt(hex, 16)
    this.expecting = this.bytesLeft === 0 ? 'trailer' : 'bytes'
  }

  private takeTrailer(line: string): void {
    if (line === '') {
      this.expecting = 'nothing'
      return
    }
    const colon = line.indexOf(':')
    this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
}

function incompleteBody(message: string): S3Error {
  return new S3Error(400, 'IncompleteBody', message)
}
