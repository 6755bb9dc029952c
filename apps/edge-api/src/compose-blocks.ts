// The wiring of blocks: which store answers which question. compose.ts calls it with what it constructed, once for each
// request.
import * as blocks from '@shoebox/db/stores/block-store.ts'
import type { BlocksDeps } from './blocks/blocks-deps.ts'
import type { GroupParts } from './compose-groups.ts'

export const composeBlocks = ({ db, nowMs, hashLimitKey, checked, signDelivery }: GroupParts): BlocksDeps => ({
  nowMs,
  hashLimitKey,
  signDelivery,
  addBlock: (wish) => blocks.addBlock(db, wish),
  removeBlock: (wish) => blocks.removeBlock(db, wish),
  readBlocked: (rowsMax) => checked((sessionId) => blocks.findBlocked(db, { sessionId, nowMs: nowMs(), rowsMax })),
})
