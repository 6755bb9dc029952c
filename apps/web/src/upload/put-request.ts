// What sending bytes to where a signed request says looks like, for the page and for the service worker.
import type { Outputs } from '../api/client.ts'

export type PutRequest = Outputs['uploads']['sign']['request']

export type PutFile = (
  request: PutRequest,
  file: Blob,
  watch: { readonly onProgress: (sentBytes: number) => void; readonly signal: AbortSignal },
) => Promise<number>

/** A file that was moved, changed or taken from the page since it was chosen looks like a broken connection. */
export async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}
