import type { BlockPersonDeps } from './block-person.ts'
import type { ListBlockedDeps } from './list-blocked.ts'
import type { UnblockPersonDeps } from './unblock-person.ts'

export type BlocksDeps = BlockPersonDeps & UnblockPersonDeps & ListBlockedDeps
