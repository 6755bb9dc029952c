// Whether a ban is in force, as conditions and columns of other statements. Time is a parameter: nothing has to happen
// for a ban to end.
import { sql, type SQL } from 'drizzle-orm'
import type { Slot } from '../declare-query.ts'
import { moment } from './moment.ts'

/** What somebody who is banned is told of it. Moments as Postgres writes them in JSON. */
export type BanNotice = { readonly reason: string; readonly endsAt: string | null }

/** Of a row of `bans`. */
export const isInForce = (nowMs: number | Slot<number>): SQL =>
  sql`bans.lifted_at is null and (bans.ends_at is null or bans.ends_at > ${moment(nowMs)})`

/**
 * The ban in force that a condition on `bans` names, as JSON; null where there is none.
 * @param which may name columns of the statement around it
 */
export const banWhere = (which: SQL, nowMs: number): SQL<BanNotice | null> => sql<BanNotice | null>`(
    select json_build_object('reason', bans.reason, 'endsAt', bans.ends_at) from bans
    where ${isInForce(nowMs)} and (${which}) order by bans.banned_at desc limit 1)`

/** The same for whoever asks for a code: by the address, or by the account that has it. */
export const banOfAddress = (addressHash: SQL, userId: SQL, nowMs: number): SQL<BanNotice | null> =>
  banWhere(sql`bans.address_hash = ${addressHash} or bans.user_id = ${userId}`, nowMs)

/**
 * A condition on a row of `users`: no ban keeps the person out. It holds on the row itself, so that a statement which
 * waited for its lock judges by what was written meanwhile: a ban that it cannot see yet keeps out too.
 */
export const mayEnter = (banId: SQL, nowMs: number | Slot<number>): SQL => sql`(${banId} is null or exists (
      select 1 from bans where bans.id = ${banId} and not (${isInForce(nowMs)})))`

/** A condition: the person of this id is banned, and what they made is out of sight for as long. */
export const isWithdrawn = (userId: SQL, nowMs: number): SQL => sql`exists (
      select 1 from users as banned join bans on bans.id = banned.ban_id
      where banned.id = ${userId} and bans.items = 'withdraw' and ${isInForce(nowMs)})`

/** A condition: the person of this id is banned. */
export const isBanned = (userId: SQL, nowMs: number | Slot<number>): SQL => sql`exists (
      select 1 from users as banned join bans on bans.id = banned.ban_id
      where banned.id = ${userId} and ${isInForce(nowMs)})`
