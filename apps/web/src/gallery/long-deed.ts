// What is done to many items at once: goes in pieces, tells how far it is, and can be stopped between two of them.
import { createSignal } from 'solid-js'
import type { MediaId } from '../feed/feed-item.ts'
import { sentenceForError } from '../words/words.ts'
import { pieceMax } from './cut-ids.ts'
import { runInPieces, type Outcome, type Send } from './run-in-pieces.ts'

export type Progress = { readonly count: number; readonly total: number; readonly stop: () => void }

export function createLongDeed() {
  const [progress, setProgress] = createSignal<Progress | null>(null)
  return {
    /** Null while nothing long is done. */
    progress,

    run: async (ids: readonly MediaId[], send: Send): Promise<Outcome> => {
      const stopper = new AbortController()
      const stop = () => stopper.abort()
      // One piece is over before anybody could read of it.
      const tell = (count: number) => ids.length > pieceMax && setProgress({ count, total: ids.length, stop })
      try {
        return await runInPieces(ids, send, stopper.signal, tell)
      } finally {
        setProgress(null)
      }
    },
  }
}

/** Why not all was reached. Whoever stops it knows. */
export const sayWhy = ({ error }: Outcome): string => (error === undefined ? '' : sentenceForError(error))
