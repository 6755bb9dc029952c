// Reads from a failed call whether it was refused (the visitor can mend it) or broke (we must).
import type { RefusalCode } from '@shoebox/shared/refusals.ts'

export type Refusal = {
  readonly code: RefusalCode
  readonly retryAfterSeconds?: number
  readonly bytesMax?: number
  /** With `banned`: why, and until when. */
  readonly ban?: { readonly reason: string; readonly endsAt: string | null }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The refusal an error carries, or null when it is a fault: no network, a time-out, or an error of ours. */
export function findRefusal(error: unknown): Refusal | null {
  if (!isRecord(error) || !isRecord(error['data']) || !isRecord(error['data']['refusal'])) return null
  const { code, retryAfterSeconds, bytesMax, ban } = error['data']['refusal']
  if (typeof code !== 'string') return null
  return {
    // One that is newer than this page is a refusal all the same.
    code: code as RefusalCode,
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
    ...(typeof bytesMax === 'number' ? { bytesMax } : {}),
    ...(isRecord(ban) ? { ban: ban as NonNullable<Refusal['ban']> } : {}),
  }
}

export const isRefusedWith = (error: unknown, code: RefusalCode): boolean => findRefusal(error)?.code === code
