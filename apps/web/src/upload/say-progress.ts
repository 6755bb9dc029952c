// Tells those who see no ring how far a long upload is: at each quarter of its bytes, and never soon after the last word.
import { createEffect, createMemo, on } from 'solid-js'
import { announce } from '../ui/announcer.tsx'
import { uploadWords } from '../words/upload-words.ts'
import type { Uploads } from './uploads.ts'

/** What is done before that is said by its start and its end. Milliseconds. */
const apartMs = 15_000

export function sayProgress(uploads: Pick<Uploads, 'totals' | 'shown' | 'activeCount'>, nowMs: () => number): void {
  let lastMs = nowMs()
  const quarter = createMemo(() => {
    const { bytes, sentBytes } = uploads.totals()
    return bytes === 0 ? 0 : Math.floor((sentBytes / bytes) * 4)
  })
  createEffect(
    on(quarter, (now, before = 0) => {
      if (now <= before || now === 4 || nowMs() - lastMs < apartMs) return
      lastMs = nowMs()
      const total = uploads.shown().length
      announce(uploadWords.progress(total - uploads.activeCount(), total))
    }),
  )
}
