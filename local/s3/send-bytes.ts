// Answers with a part of a file. The buffers are used again: at a megabyte of garbage a request, the collector would need
// more of the CPU than the answers do. Called by read-object.
import { closeSync, read } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { promisify } from 'node:util'

const readPiece = promisify(read)

/** A quarter of the CPU of 64 KB a piece. */
const pieceBytes = 1024 * 1024
const idle: Buffer[] = []

/** Ends the response with bytes `start` to `endInclusive`, and closes the file. A client that has gone away is no error. */
export async function sendBytes(response: ServerResponse, file: number, start: number, endInclusive: number) {
  const piece = idle.pop() ?? Buffer.allocUnsafeSlow(pieceBytes)
  try {
    for (let at = start; at <= endInclusive && !response.destroyed;) {
      const { bytesRead } = await readPiece(file, piece, 0, Math.min(pieceBytes, endInclusive + 1 - at), at)
      // Less than was promised: the client notices by the length.
      if (bytesRead === 0) return response.destroy()
      await send(response, piece.subarray(0, bytesRead))
      at += bytesRead
    }
    response.end()
  } finally {
    closeSync(file)
    idle.push(piece)
  }
}

/** Resolves once nobody reads the bytes any more: the kernel has them, or the connection is gone. */
function send(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('close', done)
      resolve()
    }
    response.on('close', done)
    response.write(bytes, done)
  })
}
