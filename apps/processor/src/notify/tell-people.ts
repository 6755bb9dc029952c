// A round of the notifier: what happened since the last one is told to whom it concerns, and what has been quiet for a
// while stops growing. A round that is cut off loses nothing: each step is one statement.
export type TellPeopleDeps = {
  readonly nowMs: () => number
  /** Takes so many notices at most and tells them. Answers how many there were. */
  readonly tellNotices: (noticesMax: number) => Promise<number>
  /** Ends the growth of what is due. Answers of how many notifications. */
  readonly closeQuiet: (nowMs: number) => Promise<number>
}

export type TellCounts = { readonly told: number; readonly closed: number }

const noticesPerStatement = 500

/** @param untilMs when to leave the rest to the next round */
export async function tellPeople(deps: TellPeopleDeps, untilMs: number): Promise<TellCounts> {
  let told = 0
  let taken: number
  do {
    taken = await deps.tellNotices(noticesPerStatement)
    told += taken
  } while (taken === noticesPerStatement && deps.nowMs() < untilMs)
  return { told, closed: await deps.closeQuiet(deps.nowMs()) }
}
