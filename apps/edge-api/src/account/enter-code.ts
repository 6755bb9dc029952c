// What the calls that take a code have in common: the charge, the hash, and the answer to a code that opens nothing.
import type { VerificationId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { Visitor } from '../trpc/visitor.ts'
import { judgeCharges, planCharges, type Charge, type Charged, type PlanChargesDeps } from './rate-limits.ts'
import type { RateLimited } from './rate-limits.ts'
import { refuseBanned, type Banned } from './refuse-banned.ts'
import type { BanNotice } from './code-mail.ts'

export type EnterCodeDeps = PlanChargesDeps & {
  readonly hashCode: (verificationId: VerificationId, code: string) => Promise<string>
}

export type CodeInput = { readonly verificationId: VerificationId; readonly code: string }

export type EnteredCode = {
  readonly verificationId: VerificationId
  readonly codeHash: string
  readonly charges: readonly Charge[]
  readonly nowMs: number
}

/**
 * `spent`: used, expired, out of attempts, or too late, because what the code was for has changed meanwhile. `banned`:
 * right, and it opens nothing all the same.
 */
export type CodeRefused =
  | { readonly outcome: 'wrong' | 'spent' | 'unknown' }
  | { readonly outcome: 'banned'; readonly ban: BanNotice | null }

/** The answer of a store that takes a code. */
export type Judged<T> = { readonly counted: readonly Charged[]; readonly result: T | CodeRefused }

export type CodeRefusal = RateLimited | Banned | { readonly code: 'wrong_code' | 'code_spent' | 'not_found' }

/** @param input with nothing but what the sender may say: its other fields are not looked at */
export async function prepareCode(deps: EnterCodeDeps, visitor: Visitor, input: CodeInput): Promise<EnteredCode> {
  const { verificationId, code } = input
  return {
    verificationId,
    codeHash: await deps.hashCode(verificationId, code),
    charges: await planCharges(deps, 'enter-code', { network: visitor.network }),
    nowMs: deps.nowMs(),
  }
}

export function judgeCode<T extends { readonly outcome: string }>(
  { charges, nowMs }: EnteredCode,
  { counted, result }: Judged<T>,
): Result<Exclude<T, CodeRefused>, CodeRefusal> {
  const allowed = judgeCharges(charges, counted, nowMs)
  if (!allowed.ok) return allowed
  if (!isRefused(result)) return accept(result as Exclude<T, CodeRefused>)
  return refuse(result.outcome === 'banned' ? refuseBanned(result.ban) : { code: refusalByOutcome[result.outcome] })
}

const isRefused = (result: { readonly outcome: string }): result is CodeRefused =>
  result.outcome === 'banned' || result.outcome in refusalByOutcome

const refusalByOutcome = { wrong: 'wrong_code', spent: 'code_spent', unknown: 'not_found' } as const
