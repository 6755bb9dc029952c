// The procedures of groups and their galleries as the row of procedures calls them: a group of its own with a page and
// a half of pictures in it, all of the viewer.
import { uuidOf, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import { send } from './procedures-calls.ts'
import { dataOf, mutate, query, steady, type Procedure, type Viewer } from './procedures-list.ts'
import type { ProceduresRig } from './procedures-rig.ts'
import { itemAt } from './procedures-rows.ts'

const picturesInGroup = 90

/** Takes the oldest items out of the feed: nothing else asks for those. */
export async function openGroup(
  { ours }: ProceduresRig,
  { cookie }: Viewer,
  moveOldest: (groupUuid: string, count: number) => Promise<void>,
): Promise<{ groupId: GroupId; code: string }> {
  const headers = { cookie }
  const { groupId } = await dataOf<{ groupId: GroupId }>(
    await send(ours, mutate('groups.create', { name: 'Bench' }, headers)),
  )
  await moveOldest(uuidOf(groupId), picturesInGroup)
  const invited = await send(ours, mutate('invites.create', { groupId, role: 'viewer' }, headers))
  const { invite } = await dataOf<{ invite: { code: string } }>(invited)
  return { groupId, code: invite.code }
}

export function listGroups({ cookie }: Viewer, { groupId, code }: { groupId: GroupId; code: string }): Procedure[] {
  const mediaId: MediaId = itemAt(0)
  const read = (name: string, value?: unknown, more: Partial<Procedure> = {}): Procedure => ({
    name,
    tripsMax: 1,
    isRepeatable: true,
    calls: steady(query(name, value, { cookie })),
    ...more,
  })
  return [
    read('groups.mine'),
    read('groups.find', { groupId }),
    read('groups.members', { groupId }),
    read('gallery.timeline', { groupId }),
    read('gallery.page', { groupId, size: 60 }, { name: 'gallery.page of 60' }),
    read('gallery.item', { mediaId }),
    read('comments.list', { mediaId }),
    // Charged to whoever looks, so it writes as well.
    read('invites.preview', { code }, { isRepeatable: false }),
    {
      name: 'comments.add',
      tripsMax: 2,
      calls: steady(mutate('comments.add', { mediaId, text: 'Lovely.' }, { cookie })),
    },
    {
      name: 'invites.join, a member already',
      tripsMax: 2,
      calls: steady(mutate('invites.join', { code }, { cookie })),
    },
  ]
}
