// Sends the bytes of one file, or of one part of a large one, to where a signed request says. XMLHttpRequest, because
// fetch cannot tell progress.
import type { BackOffDeps } from './back-off.ts'
import { readStatus, type PutFile } from './put-request.ts'

/** A connection that takes nothing for this long is dead, whatever it says. Milliseconds. */
const stalledMs = 30_000
/** Once it has taken everything: what still waits in this computer is a minute's work for the slowest phone. */
const answerMs = 90_000

/** Resolves with the HTTP status, or 0 when there was no answer: no network, aborted, stalled, or the file unreadable. */
export const createPutFile =
  (sleep: BackOffDeps['sleep']): PutFile =>
  (request, file, { onProgress, signal }) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      let patience = new AbortController()
      const feel = (patienceMs: number) => {
        patience.abort()
        const { signal: felt } = (patience = new AbortController())
        void sleep(patienceMs, felt).then(() => felt.aborted || xhr.abort())
      }
      const abort = () => xhr.abort()
      const end = (status: number) => {
        patience.abort()
        signal.removeEventListener('abort', abort)
        resolve(status)
      }
      xhr.upload.addEventListener('progress', (event) => {
        feel(event.loaded < file.size ? stalledMs : answerMs)
        onProgress(event.loaded)
      })
      xhr.addEventListener('load', () => end(readStatus(xhr.status, xhr.responseText)))
      xhr.addEventListener('error', () => end(0))
      xhr.addEventListener('abort', () => end(0))
      signal.addEventListener('abort', abort)
      xhr.open(request.method, request.url)
      // Exactly what was signed: one header more or less and S3 refuses.
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value)
      feel(stalledMs)
      if (signal.aborted) end(0)
      // A Blob without a type of its own: else the browser would add a Content-Type that nobody signed.
      else xhr.send(file.slice(0, file.size, ''))
    })
