import { bytesMaxByKind, findMediaType, findMediaTypeByFileName, kindOf, type MediaType } from '../media/kinds.ts'
import type { PreflightRefusal } from '../refusals.ts'
import { accept, refuse, type Result } from '../result.ts'

/** The most files one pre-flight call may declare. */
export const filesMaxPerBatch = 50

/** How many files a browser sends at the same time. */
export const parallelUploads = 4

/** How long a signed request for one file may be used. */
export const requestLifetimeSeconds = 15 * 60

/** The largest file that travels in one PUT with its whole checksum; larger ones go in parts. */
export const putBytesMax = 16 * 2 ** 20

/** How many part requests one call signs. */
export const partsMaxPerCall = 100

/** How many uploads one question about what became of them may name. */
export const watchedMaxPerCall = 1000

/** How long a reservation waits for its bytes. */
export const reservationLifetimeDays = 7

/** How many characters of a file's name are kept. */
export const fileNameCharactersMax = 255

/** What a browser says about a file before sending it. Nothing here is trusted once the bytes are there. */
export type DeclaredFile = {
  readonly name: string
  /** MIME name as the browser gave it; empty when it had none. */
  readonly type: string
  readonly bytes: number
  /** SHA-256 of the whole content, standard base64 (44 characters). Only of files that go in one PUT. */
  readonly sha256?: string | undefined
  /** Send it although the same content is among the person's items. */
  readonly allowDuplicate?: boolean | undefined
}

export type UploadMethod = 'put' | 'multipart'
export type UploadPlan = { readonly type: MediaType; readonly method: UploadMethod }

/** How a file of this length travels. */
export const methodFor = (bytes: number): UploadMethod => (bytes <= putBytesMax ? 'put' : 'multipart')

export type PolicyRefusal = { readonly code: PreflightRefusal; readonly bytesMax?: number }

/** Decides from the declaration alone whether a file may be sent. The browser and the API ask the same question. */
export function judgeDeclaredFile(
  file: Pick<DeclaredFile, 'name' | 'type' | 'bytes'>,
): Result<UploadPlan, PolicyRefusal> {
  const type = findMediaType(file.type) ?? (isVague(file.type) ? findMediaTypeByFileName(file.name) : null)
  if (type === null) return refuse({ code: 'type_not_allowed' })
  if (file.bytes <= 0) return refuse({ code: 'file_empty' })
  const bytesMax = bytesMaxByKind[kindOf(type)]
  if (file.bytes > bytesMax) return refuse({ code: 'file_too_large', bytesMax })
  return accept({ type, method: methodFor(file.bytes) })
}

/** Browsers that do not know a type leave it empty or say "some bytes"; the name is then the best hint there is. */
const isVague = (type: string): boolean => type === '' || type === 'application/octet-stream'
