import type { MiddlewareHandler } from 'hono'
import { refuseRequest } from './refuse.ts'

/** A pre-flight of 50 files with the longest names is about 230 kB. Files never pass here. */
export const bodyBytesMax = 256 * 1024

/** Refuses larger bodies: by their stated length, or, where none is stated, as soon as reading passes the limit. */
export const limitBody: MiddlewareHandler = async (c, next) => {
  const { body } = c.req.raw
  if (body === null) return next()
  const stated = c.req.header('content-length')
  if (stated !== undefined && Number(stated) > bodyBytesMax) return refuseRequest(c, { code: 'body_too_large' })

  // Read whole, here, even with a stated length: then no procedure runs on half a body, and nobody's word is taken.
  const read = await readUpTo(body, bodyBytesMax)
  if (read === null) return refuseRequest(c, { code: 'body_too_large' })
  c.req.raw = new Request(c.req.raw, { body: read })
  return next()
}

async function readUpTo(body: ReadableStream<Uint8Array>, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > bytesMax) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
