// Files as the web client sends them, without a browser.
import { createHash } from 'node:crypto'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { ApiClient } from './api-client.ts'
import { pollUntil } from './poll-until.ts'

export type SentFile = { readonly name: string; readonly type: string; readonly content: Uint8Array<ArrayBuffer> }

/** One pre-flight, then each with its presigned request. Answers their ids. */
export async function sendFiles({ api }: ApiClient, files: readonly SentFile[]): Promise<MediaId[]> {
  const answer = await api.uploads.begin.mutate({
    batchId: crypto.randomUUID(),
    files: files.map(({ name, type, content }) => ({
      name,
      type,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('base64'),
      // A test that sends the same picture again means another item.
      allowDuplicate: true,
    })),
  })
  return Promise.all(
    answer.files.map(async (file, index) => {
      if (!file.ok) throw new Error(`file ${index} is refused before it is sent: ${file.code}`)
      if (file.method !== 'put') throw new Error(`file ${index} is too large for one request`)
      const { method, url, headers } = file.request
      const response = await fetch(url, { method, headers, body: files[index]?.content ?? null })
      if (!response.ok) throw new Error(`file ${index} is refused by S3: ${response.status} ${await response.text()}`)
      return file.mediaId
    }),
  )
}

/** Waits until an upload has its end: ready, refused or cancelled. */
export const waitUntilSettled = ({ api }: ApiClient, mediaId: MediaId, timeoutMs = 20_000) =>
  pollUntil(
    async () => {
      const { items } = await api.uploads.watch.query({ mediaIds: [mediaId] })
      return items.find(({ state }) => state !== 'reserved')
    },
    { timeoutMs, everyMs: 50, what: `the end of ${mediaId}` },
  )
