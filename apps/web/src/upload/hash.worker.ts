// Hashes files off the main thread, one after another. Answers in the order asked, by number.
import { hashBlob } from './hash-blob.ts'

let last = Promise.resolve()

addEventListener('message', (event: MessageEvent<{ id: number; file: Blob }>) => {
  const { id, file } = event.data
  last = last.then(() =>
    hashBlob(file).then(
      (sha256) => postMessage({ id, sha256 }),
      () => postMessage({ id, sha256: null }),
    ),
  )
})
