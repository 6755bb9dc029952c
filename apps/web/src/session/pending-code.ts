// A code that was asked for and not entered yet. Kept for the tab, so a reload or a look at the mail loses nothing.
import { isId, type VerificationId } from '@shoebox/shared/ids.ts'

/** A code that is on its way to an address. */
export type SentCode = {
  readonly verificationId: VerificationId
  readonly email: string
  /** When it was sent last, milliseconds since 1970. */
  readonly sentAtMs: number
}

/** What the codes are for that are entered on a page of their own. */
export type CodePage = 'sign-up' | 'sign-in' | 'reset'

const keyOf = (page: CodePage): string => `shoebox.${page}`

export function readPendingCode(storage: Pick<Storage, 'getItem'>, page: CodePage): SentCode | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(keyOf(page)) ?? 'null')
    if (typeof value !== 'object' || value === null) return null
    const { verificationId, email, sentAtMs } = value as Record<string, unknown>
    if (typeof verificationId !== 'string' || !isId('verification', verificationId)) return null
    if (typeof email !== 'string' || typeof sentAtMs !== 'number') return null
    return { verificationId, email, sentAtMs }
  } catch {
    return null
  }
}

export const writePendingCode = (storage: Pick<Storage, 'setItem'>, page: CodePage, sent: SentCode): void =>
  storage.setItem(keyOf(page), JSON.stringify(sent))

export const clearPendingCode = (storage: Pick<Storage, 'removeItem'>, page: CodePage): void =>
  storage.removeItem(keyOf(page))
