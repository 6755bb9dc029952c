import type { PartState, PublicPart } from './judge-parts.ts'

/** What `/api/health/ready` tells anybody. */
export type PublicHealth = {
  readonly isReady: boolean
  readonly database: 'up' | 'down'
  /** Null when the database cannot be asked. */
  readonly schema: 'current' | 'behind' | 'ahead' | null
  readonly parts: Readonly<Record<PublicPart, PartState>>
  /** When files of our own were last sent the whole way, and whether all arrived. Null: never yet. */
  readonly canary: { readonly isOk: boolean; readonly endedAt: string } | null
}
