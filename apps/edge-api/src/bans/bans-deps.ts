import type { AcknowledgeWarningDeps } from './acknowledge-warning.ts'
import type { BanPersonDeps } from './ban-person.ts'
import type { FindJudgedPersonDeps } from './find-judged-person.ts'
import type { LiftBanDeps } from './lift-ban.ts'
import type { ListBansDeps } from './list-bans.ts'
import type { WarnPersonDeps } from './warn-person.ts'

export type BansDeps = AcknowledgeWarningDeps &
  BanPersonDeps &
  FindJudgedPersonDeps &
  LiftBanDeps &
  ListBansDeps &
  WarnPersonDeps
