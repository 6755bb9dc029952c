// The conditions under which a client wants something written or read.
import { noSuchKey, notImplemented, preconditionFailed } from './s3-error.ts'
import type { StoredObject } from './object-store.ts'
import { unquoteEtag } from './s3-call.ts'

type Headers = Readonly<Record<string, string>>

/** Called once before a body is taken, and again in the tick in which the object is written. */
export function checkWriteConditions(headers: Headers, existing: StoredObject | null): void {
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) {
    if (noneMatch !== '*') throw notImplemented('If-None-Match with an ETag on a write')
    if (existing !== null) throw preconditionFailed('If-None-Match')
  }
  const match = headers['if-match']
  if (match === undefined) return
  if (existing === null) throw noSuchKey()
  if (unquoteEtag(match) !== existing.etag) throw preconditionFailed('If-Match')
}

/** Deleting what is not there succeeds under any condition. */
export function checkDeleteConditions(headers: Headers, existing: StoredObject | null): void {
  const match = headers['if-match']
  if (match === undefined || match === '*' || existing === null) return
  if (unquoteEtag(match) !== existing.etag) throw preconditionFailed('If-Match')
}

export function checkCopySourceConditions(headers: Headers, source: StoredObject): void {
  const match = headers['x-amz-copy-source-if-match']
  if (match !== undefined && unquoteEtag(match) !== source.etag) throw preconditionFailed('x-amz-copy-source-If-Match')
  const noneMatch = headers['x-amz-copy-source-if-none-match']
  if (noneMatch !== undefined && unquoteEtag(noneMatch) === source.etag) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match')
  }
}

/** Returns false for "not modified"; throws when a condition does not hold. */
export function isReadWanted(headers: Headers, object: StoredObject): boolean {
  const has = (list: string) => list.split(',').some((tag) => tag.trim() === '*' || unquoteEtag(tag) === object.etag)
  const match = headers['if-match']
  const unmodifiedSince = headers['if-unmodified-since']
  if (match !== undefined ? !has(match) : object.modifiedMs > Date.parse(unmodifiedSince ?? '')) {
    throw preconditionFailed(match === undefined ? 'If-Unmodified-Since' : 'If-Match')
  }
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) return !has(noneMatch)
  return !(object.modifiedMs <= Date.parse(headers['if-modified-since'] ?? ''))
}
