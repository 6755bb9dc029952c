import { idFromUuid } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { MineOutput } from './groups.schema.ts'
import { presentPicture, type PictureRow, type SignDelivery } from './picture.ts'

type Group = MineOutput['groups'][number]

export type MyGroupRow = Omit<Group, 'cover' | 'members' | 'activeAt'> & {
  readonly cover: PictureRow
  readonly activeAt: Date
  readonly members: readonly { readonly id: string; readonly name: string; readonly avatar: PictureRow }[]
}

export type ListMyGroupsDeps = {
  readonly readMyGroups: () => Promise<CheckedRead<readonly MyGroupRow[]> | null>
  readonly signDelivery: SignDelivery
}

/** The groups of who is signed in, with what their home screen shows of each. */
export async function listMyGroups(deps: ListMyGroupsDeps): Promise<Result<MineOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readMyGroups()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  return accept({ groups: await Promise.all(read.data.map((row) => presentGroup(deps, row))) })
}

const presentGroup = async (deps: ListMyGroupsDeps, row: MyGroupRow): Promise<Group> => ({
  ...row,
  cover: await presentPicture(deps.signDelivery, row.cover),
  activeAt: row.activeAt.toISOString(),
  members: await Promise.all(
    row.members.map(async ({ id, name, avatar }) => ({
      id: idFromUuid('user', id),
      name,
      avatar: await presentPicture(deps.signDelivery, avatar),
    })),
  ),
})
