// The half of the upload world that takes parts: each must have the sum it was signed with, and only all of them
// together make an object.
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { planParts } from '@shoebox/shared/upload/plan-parts.ts'

type Open = { readonly bytes: number; readonly parts: Map<number, Buffer> }

/** How many parts one answer lists: few, so that tests turn pages. */
const listedMax = 2

const sumOf = (content: Buffer): string => createHash('sha256').update(content).digest('base64')

export function createPartStore(objects: Map<string, Buffer>) {
  const uploads = new Map<string, Open>()
  return {
    /** Loses a part that was taken. */
    lose: (mediaId: string, partNumber: number) => uploads.get(mediaId)?.parts.delete(partNumber),
    numbers: (mediaId: string): number[] => [...(uploads.get(mediaId)?.parts.keys() ?? [])].toSorted((a, b) => a - b),
    open(mediaId: string, bytes: number) {
      if (!uploads.has(mediaId)) uploads.set(mediaId, { bytes, parts: new Map() })
      return planParts(bytes)
    },
    /** The status for a part's PUT; null for a request that is none. */
    put(path: string, headers: IncomingHttpHeaders, content: Buffer): number | null {
      const { pathname, searchParams } = new URL(path, 'http://store')
      const partNumber = Number(searchParams.get('part'))
      if (partNumber === 0) return null
      const upload = uploads.get(pathname.slice(1))
      if (upload === undefined) return 404
      if (headers['x-amz-checksum-sha256'] !== sumOf(content)) return 400
      upload.parts.set(partNumber, content)
      return 200
    },
    list(mediaId: string, after: number) {
      const isReceived = objects.has(`/${mediaId}`)
      const all = [...(uploads.get(mediaId)?.parts ?? [])].toSorted(([a], [b]) => a - b).filter(([n]) => n > after)
      const parts = all
        .slice(0, listedMax)
        .map(([partNumber, content]) => ({ partNumber, bytes: content.length, sha256: sumOf(content) }))
      return { isReceived, parts, nextAfter: all.length > listedMax ? (parts.at(-1)?.partNumber ?? null) : null }
    },
    complete(mediaId: string): Promise<boolean> {
      const upload = uploads.get(mediaId)
      if (upload === undefined) return Promise.resolve(false)
      const numbers = Array.from({ length: planParts(upload.bytes).parts }, (_, i) => i + 1)
      if (!numbers.every((number) => upload.parts.has(number))) return Promise.resolve(false)
      const content = numbers.map((number) => upload.parts.get(number) ?? Buffer.alloc(0))
      objects.set(`/${mediaId}`, Buffer.concat(content))
      return Promise.resolve(true)
    },
  }
}
