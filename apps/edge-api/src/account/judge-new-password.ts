import { judgePassword } from '@shoebox/shared/account/password-policy.ts'
import type { RequestRefusal } from '@shoebox/shared/refusals.ts'
import { refuse, type Result } from '@shoebox/shared/result.ts'

export type NewPasswordRefusal = {
  readonly code: Extract<
    RequestRefusal,
    'passwords_differ' | 'password_too_short' | 'password_too_long' | 'password_too_common' | 'password_is_address'
  >
}

export type JudgeNewPasswordDeps = { readonly readCommonPasswords: () => Promise<ReadonlySet<string>> }

/** Decides whether a password that was typed twice may be set for an address. */
export async function judgeNewPassword(
  deps: JudgeNewPasswordDeps,
  email: string,
  { password, confirmPassword }: { password: string; confirmPassword: string },
): Promise<Result<string, NewPasswordRefusal>> {
  if (password !== confirmPassword) return refuse({ code: 'passwords_differ' })
  const judged = judgePassword(password, email, await deps.readCommonPasswords())
  return judged.ok ? judged : refuse({ code: judged.refusal })
}
