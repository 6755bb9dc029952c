// The network goes first, but not for ever: one that hangs is worse than none, since nothing says so. Whoever waited for
// a while gets what was kept, and the questions after that wait less until something is heard again.

/** Whoever waits longer believes that it is broken. Milliseconds. */
const patienceMs = 3500
/** Where the question before was not answered. */
const shortPatienceMs = 500
const hangsForMs = 30_000

let hangsUntilMs = 0

/** `findKept` gives undefined where nothing is kept that may stand in. Rejects as `asked` does where nothing may. */
export async function preferFresh(
  asked: Promise<Response>,
  findKept: () => Promise<Response | undefined>,
): Promise<Response> {
  const heard = asked.then((answer) => {
    hangsUntilMs = 0
    return answer
  })
  try {
    const first = await Promise.race([heard, wait(Date.now() < hangsUntilMs ? shortPatienceMs : patienceMs)])
    if (first !== null) return first
  } catch (error) {
    const kept = await findKept()
    if (kept === undefined) throw error
    return kept
  }
  const kept = await findKept()
  if (kept === undefined) return heard
  hangsUntilMs = Date.now() + hangsForMs
  // Nobody listens any more.
  heard.catch(() => undefined)
  return kept
}

const wait = (milliseconds: number): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), milliseconds))
