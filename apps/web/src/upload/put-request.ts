// What sending bytes to where a signed request says looks like, for the page and for the service worker.
import type { Outputs } from '../api/client.ts'

export type PutRequest = Outputs['uploads']['sign']['request']

type Watch = { readonly onProgress: (sentBytes: number) => void; readonly signal: AbortSignal }

export type PutFile = (request: PutRequest, file: Blob, watch: Watch) => Promise<number>

/** Where the request for a PUT comes from once its turn has come. */
export type RequestSource = {
  /** One that is worth starting with. */
  readonly held: () => PutRequest | null
  readonly sign: () => Promise<PutRequest | null>
}

/** Null: there was no request, and nothing was sent. */
export type PutInTurn = (source: RequestSource, file: Blob, watch: Watch) => Promise<number | null>

/**
 * What an answer of S3 counts as. Of a connection that stood still for long S3 says 400, as it does of bytes that are not
 * those that were summed; only its words tell them apart.
 */
export const readStatus = (status: number, text: string): number =>
  status === 400 && text.includes('<Code>RequestTimeout</Code>') ? 408 : status

/** A file that was moved, changed or taken from the page since it was chosen looks like a broken connection. */
export async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}
