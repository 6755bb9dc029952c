// The process that touches hostile bytes: started by decoder-process, it reads one picture from its standard input,
// answers with one verdict, and waits for the next. It holds no credentials and may be killed at any moment.
import { accept } from '@shoebox/shared/result.ts'
import { referToFile } from '../copy/sent-copy.ts'
import { readyWord, type DecodeJob, type DecodeReply } from './decoder-process.ts'
import { decodeImage } from './decode-image.ts'

const input = process.stdin

/** Reads exactly this many bytes and leaves the stream open for the next picture. */
function readExactly(bytes: number): Promise<Buffer> {
  const file = Buffer.allocUnsafeSlow(bytes)
  let filled = 0
  return new Promise((resolve) => {
    const take = (chunk: Buffer): void => {
      chunk.copy(file, filled)
      filled += chunk.length
      if (filled < bytes) return
      input.off('data', take)
      input.pause()
      resolve(file)
    }
    input.on('data', take)
    // Listening alone does not undo a pause.
    input.resume()
  })
}

async function answer({ type, bytes, wantsCopy }: DecodeJob): Promise<DecodeReply> {
  const file = await readExactly(bytes)
  try {
    const verdict = await decodeImage(file, type, { wantsCopy })
    return { verdict: verdict.ok ? accept(referToFile(verdict.value, file)) : verdict }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (job: DecodeJob) => {
  void answer(job).then((reply) => process.send?.(reply))
})
// Whoever asked is gone, and native work would not let go of an ordinary exit.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.send?.(readyWord)
