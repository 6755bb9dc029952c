import { undoDays } from '@shoebox/shared/account/codes.ts'

export type MakeUndoDeps = {
  readonly nowMs: () => number
  readonly newToken: () => string
  readonly hashToken: (token: string) => Promise<string>
}

/** The way back from a change as it is stored: its id is the hash of the token, which is only in the mail. */
export type NewUndo = { readonly id: string; readonly expiresAt: Date }

export async function makeUndo(deps: MakeUndoDeps): Promise<{ undo: NewUndo; undoToken: string }> {
  const undoToken = deps.newToken()
  const expiresAt = new Date(deps.nowMs() + undoDays * 24 * 3_600_000)
  return { undo: { id: await deps.hashToken(undoToken), expiresAt }, undoToken }
}
