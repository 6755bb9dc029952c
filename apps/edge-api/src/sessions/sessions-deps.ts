import type { ListSessionsDeps } from './list-sessions.ts'
import type { RequestStepUpDeps } from './request-step-up.ts'
import type { RevokeOthersDeps } from './revoke-others.ts'
import type { RevokeSessionDeps } from './revoke-session.ts'
import type { StepUpDeps } from './step-up.ts'

export type SessionsDeps = ListSessionsDeps & RequestStepUpDeps & RevokeOthersDeps & RevokeSessionDeps & StepUpDeps
