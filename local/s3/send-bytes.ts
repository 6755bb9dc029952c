// Answers with bytes of the store. Called by read-object and by the delivery front.
import type { ServerResponse } from 'node:http'
import { readPieces, type OpenPiece } from './blob-files.ts'

/** Ends the response with these bytes, and closes their files. A client that has gone away is no error. */
export async function sendBytes(response: ServerResponse, pieces: readonly OpenPiece[]): Promise<void> {
  for await (const bytes of readPieces(pieces)) {
    if (response.destroyed) return
    await send(response, bytes)
  }
  response.end()
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
