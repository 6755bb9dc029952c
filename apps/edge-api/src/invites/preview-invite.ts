import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import {
  judgeCharges,
  planCharges,
  type Charge,
  type Charged,
  type PlanChargesDeps,
  type RateLimited,
} from '../account/rate-limits.ts'
import { presentPicture, type PictureRow, type SignDelivery } from '../groups/picture.ts'
import type { Visitor } from '../trpc/visitor.ts'
import type { PreviewOutput } from './invites.schema.ts'

export type PreviewRow = Pick<PreviewOutput, 'inviterName' | 'role' | 'needsApproval'> & {
  readonly groupId: GroupId
  readonly name: string
  readonly description: string
  readonly memberCount: number
  readonly cover: PictureRow
  readonly isMember: boolean
  readonly hasAsked: boolean
  readonly wasDeclined: boolean
}

export type PreviewInviteDeps = PlanChargesDeps & {
  /** Counts, and reads what the code opens for who asks; null when it opens nothing. */
  readonly readPreview: (
    code: string,
    charges: readonly Charge[],
  ) => Promise<{ counted: readonly Charged[]; found: PreviewRow | null }>
  readonly signDelivery: SignDelivery
}

/** What somebody is shown before they join. One refusal for every reason for which a code opens nothing. */
export async function previewInvite(
  deps: PreviewInviteDeps,
  visitor: Visitor,
  code: string,
): Promise<Result<PreviewOutput, { code: 'invite_not_valid' } | RateLimited>> {
  const charges = await planCharges(deps, 'enter-invite', { network: visitor.network })
  const { counted, found } = await deps.readPreview(code, charges)
  const allowed = judgeCharges(charges, counted, deps.nowMs())
  if (!allowed.ok) return allowed
  if (found === null) return refuse({ code: 'invite_not_valid' })
  const { name, description, memberCount, inviterName, role, needsApproval } = found
  return accept({
    group: { name, description, memberCount, cover: await presentPicture(deps.signDelivery, found.cover) },
    inviterName,
    role,
    needsApproval,
    standing: standingOf(found),
    groupId: found.isMember ? found.groupId : null,
  })
}

function standingOf({ isMember, hasAsked, wasDeclined }: PreviewRow): PreviewOutput['standing'] {
  if (isMember) return 'member'
  if (hasAsked) return 'requested'
  return wasDeclined ? 'declined' : 'none'
}
