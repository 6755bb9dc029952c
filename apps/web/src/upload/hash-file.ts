// The page's side of the hashing worker, which starts with the first file.

export type HashFile = (file: Blob) => Promise<string>

export class UnreadableFile extends Error {}

export function createHashFile(startWorker: () => Worker): HashFile {
  let worker: Worker | null = null
  let lastId = 0
  const waiting = new Map<number, { resolve: (sha256: string) => void; reject: (error: Error) => void }>()

  const start = () => {
    const started = startWorker()
    started.addEventListener('message', (event: MessageEvent<{ id: number; sha256: string | null }>) => {
      const { id, sha256 } = event.data
      const caller = waiting.get(id)
      waiting.delete(id)
      if (sha256 === null) caller?.reject(new UnreadableFile())
      else caller?.resolve(sha256)
    })
    started.addEventListener('error', () => {
      for (const caller of waiting.values()) caller.reject(new Error('The hashing worker stopped.'))
      waiting.clear()
      worker = null
    })
    return started
  }

  return (file) =>
    new Promise((resolve, reject) => {
      worker ??= start()
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      worker.postMessage({ id: lastId, file })
    })
}
