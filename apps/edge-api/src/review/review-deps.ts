import type { FindTiersDeps } from './find-tiers.ts'
import type { JudgeHeldDeps } from './judge-held.ts'
import type { LiftKnownBadDeps } from './lift-known-bad.ts'
import type { ListHeldDeps } from './list-held.ts'
import type { ListKnownBadDeps } from './list-known-bad.ts'
import type { ListOwnHeldDeps } from './list-own-held.ts'
import type { SetTiersDeps } from './set-tiers.ts'

export type ReviewDeps = FindTiersDeps &
  JudgeHeldDeps &
  LiftKnownBadDeps &
  ListHeldDeps &
  ListKnownBadDeps &
  ListOwnHeldDeps &
  SetTiersDeps
