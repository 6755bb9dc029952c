import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import { presentPicture, type PictureRow, type SignDelivery } from '../groups/picture.ts'
import type { RequestsOutput } from './requests.schema.ts'

const shownMax = 200

type Request = RequestsOutput['requests'][number]
export type RequestRow = Omit<Request, 'avatar' | 'createdAt'> & {
  readonly avatar: PictureRow
  readonly createdAt: Date
}

export type ListRequestsDeps = {
  readonly readRequests: (groupId: GroupId, rowsMax: number) => Promise<GroupRead<readonly RequestRow[]>>
  readonly signDelivery: SignDelivery
}

/** Who asks to come in, for admins. */
export async function listRequests(
  deps: ListRequestsDeps,
  groupId: GroupId,
): Promise<Result<RequestsOutput, MembershipRefusal>> {
  const checked = checkMembership(await deps.readRequests(groupId, shownMax), 'admin')
  if (!checked.ok) return checked
  const requests = checked.value.found.map(async (row) => ({
    ...row,
    avatar: await presentPicture(deps.signDelivery, row.avatar),
    createdAt: row.createdAt.toISOString(),
  }))
  return accept({ requests: await Promise.all(requests) })
}
