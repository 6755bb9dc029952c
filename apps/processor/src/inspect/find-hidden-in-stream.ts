// The polyglot check for video and audio, which are never read whole: what makes a file an archive or a PDF as well
// stands at its two ends, so those are read and the rest is not.
import { findForeignAtEnds } from './decoder/find-hidden-content.ts'
import { blockBytes, type RangedTokenizer } from './ranged-tokenizer.ts'

/** What is hidden at either end of the file, as a word for the log, or null. */
export async function findHiddenInStream(tokenizer: RangedTokenizer): Promise<string | null> {
  const lastBlock = Math.floor((tokenizer.fileInfo.size - 1) / blockBytes)
  const head = await tokenizer.block(0)
  const tail = lastBlock === 0 ? head : await tokenizer.block(lastBlock)
  // A tail of a few bytes may cut an end record in two; the block before it completes it.
  const isShort = lastBlock > 1 && tail.length < 1024
  const beforeTail = isShort ? await tokenizer.block(lastBlock - 1) : new Uint8Array()
  return findForeignAtEnds(Buffer.from(head), Buffer.concat([beforeTail, tail]))
}
