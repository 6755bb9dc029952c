import type { RequestCodeDeps } from '../account/request-code.ts'
import type { AppealBanDeps } from './appeal-ban.ts'
import type { AppealItemDeps } from './appeal-item.ts'
import type { DecideAppealDeps } from './decide-appeal.ts'
import type { ListAppealsDeps } from './list-appeals.ts'

export type AppealsDeps = RequestCodeDeps & AppealBanDeps & AppealItemDeps & DecideAppealDeps & ListAppealsDeps
