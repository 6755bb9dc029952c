import { bytesMaxByKind, findMediaType, findMediaTypeByFileName, kindOf, type MediaType } from '../media/kinds.ts'
import type { PreflightRefusal } from '../refusals.ts'
import { accept, refuse, type Result } from '../result.ts'

/** The most files one pre-flight call may declare. */
export const filesMaxPerBatch = 50

/** How many files a browser sends at the same time. */
export const parallelUploads = 4

/** How long a signed request for one file may be used. */
export const requestLifetimeSeconds = 15 * 60

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
  /** SHA-256 of the whole content, standard base64 (44 characters). */
  readonly sha256: string
}

export type UploadPlan = { readonly type: MediaType; readonly method: 'put' }

export type PolicyRefusal = { readonly code: PreflightRefusal; readonly bytesMax?: number }

/** Decides from the declaration alone whether a file may be sent. The browser and the API ask the same question. */
export function judgeDeclaredFile(file: Pick<DeclaredFile, 'name' | 'type' | 'bytes'>): Result<UploadPlan, PolicyRefusal> {
  const type = findMediaType(file.type) ?? (isVague(file.type) ? findMediaTypeByFileName(file.name) : null)
  if (type === null) return refuse({ code: 'type_not_allowed' })
  if (file.bytes <= 0) return refuse({ code: 'file_empty' })
  const bytesMax = bytesMaxByKind[kindOf(type)]
  if (file.bytes > bytesMax) return refuse({ code: 'file_too_large', bytesMax })
  return accept({ type, method: 'put' })
}

/** Browsers that do not know a type leave it empty or say "some bytes"; the name is then the best hint there is. */
const isVague = (type: string): boolean => type === '' || type === 'application/octet-stream'
