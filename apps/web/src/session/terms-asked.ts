// Calls that were refused because the terms in force are not accepted. They wait here for the answer of terms-gate.tsx
// and are made once more after a yes, so that nobody loses what they were about to do. Apart from the gate, because the
// connection to the API needs it with the first load.
import { createSignal } from 'solid-js'
import { isRefusedWith } from '../api/refusal.ts'

const [isAsked, setAsked] = createSignal(false)

/** True while there is an answer to give. */
export const isAskedForTerms = isAsked

let waiting: ((isAccepted: boolean) => void)[] = []

export function askForTerms(): Promise<boolean> {
  setAsked(true)
  return new Promise((resolve) => waiting.push(resolve))
}

/** "No" is for now: the next call that needs them asks again. */
export function answerTerms(isAccepted: boolean): void {
  setAsked(false)
  const answered = waiting
  waiting = []
  for (const resolve of answered) resolve(isAccepted)
}

/** Makes a call; where the terms stand in its way, asks for them and makes it once more. */
export async function passTerms<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (isRefusedWith(error, 'terms_not_accepted') && (await askForTerms())) return call()
    throw error
  }
}
