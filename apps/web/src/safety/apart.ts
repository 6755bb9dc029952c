// Whom the viewer has just blocked, or meets again. Whatever keeps items or people in memory listens, so that it drops
// them at once and not when it is asked for next.
import type { UserId } from '@shoebox/shared/ids.ts'

type Listener = (userId: UserId, isApart: boolean) => void

const listeners = new Set<Listener>()

/** Hears of every change until the returned function is called. */
export function onApart(hear: Listener): () => void {
  listeners.add(hear)
  return () => listeners.delete(hear)
}

export const tellApart: Listener = (userId, isApart) => listeners.forEach((hear) => hear(userId, isApart))
