// A sign-up whose code has not been entered yet. Kept for the tab, so a reload or a look at the mail loses nothing.
import { isId, type VerificationId } from '@shoebox/shared/ids.ts'

export type PendingSignUp = {
  readonly verificationId: VerificationId
  readonly email: string
  /** When the last code was sent, milliseconds since 1970. */
  readonly sentAtMs: number
}

const key = 'shoebox.sign-up'

export function readPendingSignUp(storage: Pick<Storage, 'getItem'>): PendingSignUp | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? 'null')
    if (typeof value !== 'object' || value === null) return null
    const { verificationId, email, sentAtMs } = value as Record<string, unknown>
    if (typeof verificationId !== 'string' || !isId('verification', verificationId)) return null
    if (typeof email !== 'string' || typeof sentAtMs !== 'number') return null
    return { verificationId, email, sentAtMs }
  } catch {
    return null
  }
}

export const writePendingSignUp = (storage: Pick<Storage, 'setItem'>, pending: PendingSignUp): void =>
  storage.setItem(key, JSON.stringify(pending))

export const clearPendingSignUp = (storage: Pick<Storage, 'removeItem'>): void => storage.removeItem(key)
