// How often account calls may be made, and for whom it is counted. Counting happens in Postgres (limit-store.ts): the
// platform's own limiter only knows windows of 10 and 60 seconds and guards against bursts.
import { codeSendLimits } from '@shoebox/shared/account/codes.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'

type LimitRule = {
  readonly subject: 'address' | 'network' | 'address-from-network' | 'session' | 'person'
  readonly windowSeconds: number
  readonly timesMax: number
}

const day = 24 * 3600

export const limitRules = {
  /** Every mail that carries a code, whichever call sends it. */
  'send-code': [
    ...codeSendLimits.flatMap(({ windowSeconds, sendsMax }): LimitRule[] => [
      { subject: 'address', windowSeconds, timesMax: sendsMax },
      { subject: 'network', windowSeconds, timesMax: sendsMax },
    ]),
    // Each code allows five guesses. Without this, guessing all year would have one chance in three.
    { subject: 'address', windowSeconds: day, timesMax: 24 },
  ],
  'sign-in': [
    { subject: 'address-from-network', windowSeconds: 15 * 60, timesMax: 10 },
    { subject: 'network', windowSeconds: 3600, timesMax: 50 },
    // High, because whoever knows an address can use it up and so lock its owner out for the rest of the hour.
    { subject: 'address', windowSeconds: 3600, timesMax: 100 },
  ],
  'enter-code': [{ subject: 'network', windowSeconds: 10 * 60, timesMax: 30 }],
  /** Asking after a code before it is entered, which is done to judge what comes with it. */
  'find-code': [{ subject: 'network', windowSeconds: 10 * 60, timesMax: 60 }],
  /** The password of somebody who is signed in already. */
  'confirm-password': [
    { subject: 'session', windowSeconds: 15 * 60, timesMax: 10 },
    { subject: 'network', windowSeconds: 3600, timesMax: 50 },
  ],
  /**
   * Looking at an invite and joining by it: nobody may go through codes. High enough for a party behind one address, each
   * of whom does both; of 30^10 codes that is still nothing.
   */
  'enter-invite': [{ subject: 'network', windowSeconds: 10 * 60, timesMax: 300 }],
  /** Nobody needs more by hand; asking who is there by blocking them is no way through ids. */
  block: [
    { subject: 'person', windowSeconds: 3600, timesMax: 60 },
    { subject: 'person', windowSeconds: day, timesMax: 200 },
  ],
} as const satisfies Record<string, readonly LimitRule[]>

export type LimitName = keyof typeof limitRules

/** One count that a call adds to. */
export type Charge = {
  readonly key: string
  readonly windowSeconds: number
  readonly windowStart: Date
  readonly timesMax: number
}

/** A charge after counting: how often it happened in its window, this time included. */
export type Charged = Omit<Charge, 'timesMax'> & { readonly count: number }

export type PlanChargesDeps = {
  readonly nowMs: () => number
  /** Keyed hash, so that the table holds neither addresses nor networks. */
  readonly hashLimitKey: (text: string) => Promise<string>
}

/** The counts that a call adds to, sorted. */
export async function planCharges(deps: PlanChargesDeps, name: LimitName, about: About): Promise<Charge[]> {
  const nowMs = deps.nowMs()
  const charges = limitRules[name].flatMap((rule) => {
    const subject = subjectOf(rule, about)
    return subject === null ? [] : [chargeFor(deps, `${name} ${rule.subject} ${subject}`, rule, nowMs)]
  })
  return sortCharges(await Promise.all(charges))
}

/** The order in which charges are counted: two calls then never wait for each other in a circle. */
export const sortCharges = (charges: readonly Charge[]): Charge[] =>
  charges.toSorted((a, b) => (a.key === b.key ? a.windowSeconds - b.windowSeconds : a.key < b.key ? -1 : 1))

/** Whom a call counts for. */
type About = {
  readonly address?: string
  readonly network?: string
  readonly session?: string
  /** Their id. */
  readonly person?: string
}

function subjectOf(rule: LimitRule, { address, network, session, person }: About): string | null {
  if (rule.subject === 'person') return person ?? null
  if (rule.subject === 'session') return session ?? null
  if (rule.subject === 'address') return address ?? null
  if (rule.subject === 'network') return network ?? null
  return address === undefined || network === undefined ? null : `${address} ${network}`
}

async function chargeFor(deps: PlanChargesDeps, text: string, rule: LimitRule, nowMs: number): Promise<Charge> {
  const windowMs = rule.windowSeconds * 1000
  return {
    key: await deps.hashLimitKey(text),
    windowSeconds: rule.windowSeconds,
    windowStart: new Date(Math.floor(nowMs / windowMs) * windowMs),
    timesMax: rule.timesMax,
  }
}

export type RateLimited = { readonly code: 'rate_limited'; readonly retryAfterSeconds: number }

/** Decides whether a call may go on, from what its charges have come to. */
export function judgeCharges(
  charges: readonly Charge[],
  counted: readonly Charged[],
  nowMs: number,
): Result<null, RateLimited> {
  const isSame = (a: Charge, b: Charged) => a.key === b.key && a.windowSeconds === b.windowSeconds
  const exceeded = charges.filter((charge) => counted.some((c) => isSame(charge, c) && c.count > charge.timesMax))
  if (exceeded.length === 0) return accept(null)
  const endMs = Math.max(...exceeded.map((c) => c.windowStart.getTime() + c.windowSeconds * 1000))
  return refuse({ code: 'rate_limited', retryAfterSeconds: Math.max(1, Math.ceil((endMs - nowMs) / 1000)) })
}
