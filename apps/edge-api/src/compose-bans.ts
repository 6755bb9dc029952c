// The wiring of bans, warnings and appeals: which store answers which question. compose.ts calls it with what it
// constructed, once for each request.
import { listAppeals } from '@shoebox/db/stores/appeal-desk-store.ts'
import * as appeals from '@shoebox/db/stores/appeal-store.ts'
import * as desk from '@shoebox/db/stores/ban-desk-store.ts'
import * as bans from '@shoebox/db/stores/ban-store.ts'
import * as codes from '@shoebox/db/stores/code-store.ts'
import * as warnings from '@shoebox/db/stores/warning-store.ts'
import type { AppealId, BanId, WarningId } from '@shoebox/shared/ids.ts'
import type { AppealsDeps } from './appeals/appeals-deps.ts'
import type { BansDeps } from './bans/bans-deps.ts'
import { composeCodes, mailAfterwards, type AccountParts } from './compose-account.ts'

export function composeBans(
  parts: AccountParts,
  ids: { readonly newBanId: () => BanId; readonly newWarningId: () => WarningId },
): BansDeps {
  const { db, nowMs, checked, sealEntry, keyedHash } = parts
  return {
    ...ids,
    nowMs,
    sealEntry,
    hashAddress: keyedHash.hashAddress,
    mailAfterwards: mailAfterwards(parts),
    readBanTarget: (userId) => checked((sessionId) => desk.findBanTarget(db, { sessionId, userId, nowMs: nowMs() })),
    banPerson: (wish) => bans.banPerson(db, wish),
    liftBan: (wish) => bans.liftBan(db, wish),
    warnPerson: (wish) => warnings.warnPerson(db, wish),
    acknowledgeWarning: (wish) => warnings.acknowledgeWarning(db, wish),
    readJudgedPerson: (key) => checked((sessionId) => desk.findPersonForDesk(db, { sessionId, key, nowMs: nowMs() })),
    readBans: (after, rowsMax) =>
      checked((sessionId) =>
        desk.listBans(db, {
          sessionId,
          after: after === null ? null : { bannedAtMs: after.atMs, id: after.id },
          rowsMax,
          nowMs: nowMs(),
        }),
      ),
  }
}

export function composeAppeals(parts: AccountParts, newAppealId: () => AppealId): AppealsDeps {
  const { db, nowMs, checked, sealEntry } = parts
  return {
    ...composeCodes(parts),
    sealEntry,
    newAppealId,
    mailAfterwards: mailAfterwards(parts),
    writeCodeForAddress: (code, charges) => codes.writeCodeForAddress(db, code, charges),
    appealBan: (entered) => appeals.appealBan(db, entered),
    appealItem: (wish) => appeals.appealItem(db, wish),
    decideAppeal: (decision) => appeals.decideAppeal(db, decision),
    readAppeals: ({ after, ...wish }) =>
      checked((sessionId) =>
        listAppeals(db, {
          ...wish,
          sessionId,
          after: after === null ? null : { createdAtMs: after.atMs, id: after.id },
          nowMs: nowMs(),
        }),
      ),
  }
}
