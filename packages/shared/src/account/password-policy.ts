import type { RequestRefusal } from '../refusals.ts'
import { accept, refuse, type Result } from '../result.ts'

export const passwordCharactersMin = 10
/** argon2 hashes any length; the bound keeps a request from being work. */
export const passwordCharactersMax = 200

type PasswordRefusal = Extract<RequestRefusal, `password_${string}`>

/** Decides whether a password may be chosen for an address. Sign-in never asks this: the rules may grow. */
export function judgePassword(
  password: string,
  email: string,
  commonPasswords: ReadonlySet<string>,
): Result<string, PasswordRefusal> {
  const length = Array.from(password).length
  if (length < passwordCharactersMin) return refuse('password_too_short')
  if (length > passwordCharactersMax) return refuse('password_too_long')
  const plain = password.toLowerCase()
  const address = email.toLowerCase()
  if (plain === address || plain === address.slice(0, address.indexOf('@'))) return refuse('password_is_address')
  if (commonPasswords.has(plain)) return refuse('password_too_common')
  return accept(password)
}
