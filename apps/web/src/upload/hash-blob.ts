// The SHA-256 of a file as the API wants it declared: standard base64. Runs in the worker.
import { createSha256 } from './sha256.ts'

/** So much of a file is in memory at once. One that is a single chunk goes to WebCrypto: three times as fast. Bytes. */
const chunkBytes = 8 * 2 ** 20
/** The same for a part, of which a large file has a hundred: only its sum could keep a fast line waiting. */
const partBytesMax = 32 * 2 ** 20

/** Null where the page is not in a secure context: WebCrypto is then missing. */
const findSubtle = (): SubtleCrypto | null => (globalThis.isSecureContext === false ? null : crypto.subtle)

export async function hashBlob(blob: Blob, subtle: SubtleCrypto | null = findSubtle()): Promise<string> {
  // What is cut from a file is none itself.
  const wholeMax = blob instanceof File ? chunkBytes : partBytesMax
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
