// The SHA-256 of a file as the API wants it declared: standard base64. Runs in the worker.
import { createSha256 } from './sha256.ts'

/** Up to here WebCrypto gets the whole file at once: faster, and little enough to hold. Bytes. */
const wholeMax = 32 * 2 ** 20
const chunkBytes = 4 * 2 ** 20

/** Null where the page is not in a secure context: WebCrypto is then missing. */
const findSubtle = (): SubtleCrypto | null => (globalThis.isSecureContext === false ? null : crypto.subtle)

export async function hashBlob(blob: Blob, subtle: SubtleCrypto | null = findSubtle()): Promise<string> {
  if (subtle !== null && blob.size <= wholeMax) {
    return toBase64(new Uint8Array(await subtle.digest('SHA-256', await blob.arrayBuffer())))
  }
  const hash = createSha256()
  for (let from = 0; from < blob.size; from += chunkBytes) {
    hash.update(new Uint8Array(await blob.slice(from, from + chunkBytes).arrayBuffer()))
  }
  return toBase64(hash.digest())
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
