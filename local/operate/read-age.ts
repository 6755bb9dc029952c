import { OperatorError } from './operator-error.ts'

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** What `--since` says, in milliseconds. */
export function readAge(text: string): number {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (unit === '') throw new OperatorError(`--since takes a number and s, m, h or d, such as 15m; not "${text}".`)
  return Number(count) * unitMs[unit as keyof typeof unitMs]
}
