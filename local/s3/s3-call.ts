// One authenticated request on its way through the routes, and the ways to answer it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Bucket } from './buckets.ts'
import type { EventName, EventSubject } from './notifications.ts'
import { describeEvents } from './notifications.ts'
import type { NewEvent, ObjectHeaders, ObjectStore } from './object-store.ts'
import type { BodySource } from './receive-body.ts'
import type { UploadStore } from './upload-store.ts'

export type S3Services = {
  store: ObjectStore
  uploads: UploadStore
  findBucket(name: string): Bucket | null
  /** Something was put into the outbox. */
  wakeOutbox(): void
}

export type S3Call = {
  request: IncomingMessage
  response: ServerResponse
  requestId: string
  method: string
  bucket: Bucket
  /** Empty for the bucket itself. */
  key: string
  query: ReadonlyMap<string, string>
  /** Headers, and the x-amz- parameters that a presigner moved into the query. */
  headers: Readonly<Record<string, string>>
  body: BodySource
  services: S3Services
}

export function answerXml(call: S3Call, content: string, headers: Record<string, string> = {}): void {
  const bytes = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`)
  call.response.writeHead(200, { ...headers, 'content-type': 'application/xml', 'content-length': bytes.length })
  call.response.end(bytes)
}

export function answerEmpty(call: S3Call, status: 200 | 204, headers: Record<string, string> = {}): void {
  call.response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': 0 })
  call.response.end()
}

/** The events this call causes, to be stored together with its change. */
export function eventsOf(call: S3Call, name: EventName, subject: EventSubject): NewEvent[] {
  return describeEvents(call.bucket, name, subject, call.requestId)
}

const systemHeaderNames = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
] as const

/** What the client wants remembered with an object. */
export function readObjectHeaders(headers: Readonly<Record<string, string>>): ObjectHeaders {
  const system: Record<string, string> = {}
  for (const name of systemHeaderNames) {
    // aws-chunked frames the request; it says nothing about the object.
    const value = headers[name]?.replace(/\s*\baws-chunked\b,?\s*/g, '')
    if (value !== undefined && value !== '') system[name] = value
  }
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), value] as const)
  return { system, metadata: Object.fromEntries(metadata) }
}

export function quoteEtag(etag: string): string {
  return `"${etag}"`
}

export function unquoteEtag(text: string): string {
  return text.trim().replace(/^W\//, '').replace(/^"|"$/g, '')
}
