// How the site says that it is. Asked without the API's client: whoever is not signed in, or is but nothing works, asks.
import { partStates, publicParts, type PartState } from '@shoebox/shared/operations/judge-parts.ts'
import type { PublicHealth } from '@shoebox/shared/operations/public-health.ts'

export type KnownHealth = Pick<PublicHealth, 'isReady' | 'parts' | 'canary'>

const timeoutMs = 10_000

/** Throws where nobody answers, or somebody else does. */
export async function readHealth(signal: AbortSignal): Promise<KnownHealth> {
  const response = await fetch('/api/health/ready', {
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  })
  const told: unknown = await response.json()
  const isReady = fieldOf(told, 'isReady')
  if (typeof isReady !== 'boolean') throw new Error('no answer of ours')
  const parts = Object.fromEntries(publicParts.map((part) => [part, readState(fieldOf(fieldOf(told, 'parts'), part))]))
  return { isReady, parts: parts as KnownHealth['parts'], canary: readCanary(fieldOf(told, 'canary')) }
}

/** The worst of them, as one word for the whole. */
export function summarise({ isReady, parts }: KnownHealth): PartState {
  const states = Object.values(parts)
  if (!isReady || states.includes('down')) return 'down'
  return states.includes('slow') ? 'slow' : states.includes('unknown') ? 'unknown' : 'up'
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const readState = (told: unknown): PartState => partStates.find((state) => state === told) ?? 'unknown'

function readCanary(told: unknown): KnownHealth['canary'] {
  const [isOk, endedAt] = [fieldOf(told, 'isOk'), fieldOf(told, 'endedAt')]
  return typeof isOk === 'boolean' && typeof endedAt === 'string' ? { isOk, endedAt } : null
}
