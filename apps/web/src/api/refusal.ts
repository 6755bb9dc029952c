// Reads from a failed call whether it was refused (the visitor can mend it) or broke (we must).
import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import { refusalSentences } from '../words/en-refusals.ts'

export type Refusal = {
  readonly code: RefusalCode
  readonly retryAfterSeconds?: number
  readonly bytesMax?: number
}

export const isRefusalCode = (text: unknown): text is RefusalCode =>
  typeof text === 'string' && Object.hasOwn(refusalSentences, text)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The refusal an error carries, or null when it is a fault: no network, a time-out, or an error of ours. */
export function findRefusal(error: unknown): Refusal | null {
  if (!isRecord(error) || !isRecord(error['data']) || !isRecord(error['data']['refusal'])) return null
  const { code, retryAfterSeconds, bytesMax } = error['data']['refusal']
  if (!isRefusalCode(code)) return null
  return {
    code,
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
    ...(typeof bytesMax === 'number' ? { bytesMax } : {}),
  }
}

export const isRefusedWith = (error: unknown, code: RefusalCode): boolean => findRefusal(error)?.code === code
