import type { CreateInviteDeps } from './create-invite.ts'
import type { JoinGroupDeps } from './join-group.ts'
import type { ListInvitesDeps } from './list-invites.ts'
import type { PreviewInviteDeps } from './preview-invite.ts'
import type { RevokeInviteDeps } from './revoke-invite.ts'

export type InvitesDeps = CreateInviteDeps & JoinGroupDeps & ListInvitesDeps & PreviewInviteDeps & RevokeInviteDeps
