import type { AcceptRequestDeps } from './accept-request.ts'
import type { DeclineRequestDeps } from './decline-request.ts'
import type { ListMyRequestsDeps } from './list-my-requests.ts'
import type { ListRequestsDeps } from './list-requests.ts'
import type { WithdrawRequestDeps } from './withdraw-request.ts'

export type RequestsDeps = AcceptRequestDeps &
  DeclineRequestDeps &
  ListMyRequestsDeps &
  ListRequestsDeps &
  WithdrawRequestDeps
