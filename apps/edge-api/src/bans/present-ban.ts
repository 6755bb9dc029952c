import type { BanId, UserId } from '@shoebox/shared/ids.ts'
import type { BannedItemsChoice } from '@shoebox/shared/safety/bans.ts'
import type { ListOutput } from './bans.schema.ts'

export type BanRow = {
  readonly id: BanId
  readonly userId: UserId
  readonly name: string | null
  readonly email: string | null
  readonly reason: string
  readonly items: BannedItemsChoice
  readonly bannedAt: Date
  readonly bannedBy: string | null
  readonly endsAt: Date | null
  readonly liftedAt: Date | null
}

export const presentBan = (row: BanRow, nowMs: number): ListOutput['bans'][number] => ({
  ...row,
  bannedAt: row.bannedAt.toISOString(),
  endsAt: row.endsAt?.toISOString() ?? null,
  liftedAt: row.liftedAt?.toISOString() ?? null,
  isInForce: row.liftedAt === null && (row.endsAt === null || row.endsAt.getTime() > nowMs),
})
