// The warning that somebody has not taken note of, as the API says with who they are. Apart from its gate, because it
// comes with the first load.
import { createSignal } from 'solid-js'
import type { Outputs } from '../api/client.ts'

export type Warning = NonNullable<Outputs['account']['me']['warning']>

/** Null: there is none, or it was closed for this visit. */
export const [waitingWarning, setWaitingWarning] = createSignal<Warning | null>(null)
