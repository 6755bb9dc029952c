// Every way in which somebody stops being allowed to see an item of a group: what ends it is done over HTTP.
import { eq } from 'drizzle-orm'
import type { PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { sessions } from '@shoebox/db/schema/accounts.ts'
import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { addGroup, addPerson, makeModerator, type Person } from './group-world.ts'
import type { Edge } from './start-edge.ts'
import type { Answer } from './visitor.ts'

type Case = { owner: Person; member: Person; groupId: GroupId; mediaId: MediaId }
/** What ends it, and what the API says from then on. */
export type Loss = { end: (world: Case) => Promise<Answer>; refusal?: 'not_found' | 'sign_in_needed' }

async function deleteOwnAccount(db: PoolDatabase, { userId, visitor }: Person, groups: readonly object[]) {
  await db
    .update(sessions)
    .set({ steppedUpUntil: new Date(Date.now() + 900_000) })
    .where(eq(sessions.userId, userId))
  return visitor.mutate('account.delete', { password: null, groups })
}

async function banFor(db: PoolDatabase, edge: Edge, { userId }: Person) {
  const moderator = await addPerson(db, edge)
  await makeModerator(db, moderator)
  return moderator.visitor.mutate('bans.ban', { userId, reason: 'Insults.', items: 'withdraw', days: null })
}

export const everyLoss = (db: PoolDatabase, edge: Edge): Readonly<Record<string, Loss>> => ({
  'is removed': {
    end: ({ owner, member, groupId }) =>
      owner.visitor.mutate('groups.removeMember', { groupId, userId: member.userId, items: 'keep' }),
  },
  leaves: { end: ({ member, groupId }) => member.visitor.mutate('groups.leave', { groupId, items: 'keep' }) },
  'sees the group end': {
    end: ({ owner, groupId }) => owner.visitor.mutate('groups.remove', { groupId, name: 'Friends' }),
  },
  'sees the item go into the trash': {
    end: ({ owner, mediaId }) => owner.visitor.mutate('gallery.moveToTrash', { mediaIds: [mediaId] }),
  },
  'sees the item be deleted for good': {
    end: async ({ owner, mediaId }) => {
      await owner.visitor.mutate('gallery.moveToTrash', { mediaIds: [mediaId] })
      return owner.visitor.mutate('gallery.emptyTrash', { mediaIds: [mediaId] })
    },
  },
  'sees the item go elsewhere': {
    end: async ({ owner, mediaId }) => {
      const toGroupId = await addGroup(db, [[owner, 'owner']])
      return owner.visitor.mutate('gallery.move', { mediaIds: [mediaId], toGroupId })
    },
  },
  'is blocked by whose it is': {
    end: ({ owner, member }) => owner.visitor.mutate('blocks.block', { userId: member.userId }),
  },
  'blocks whose it is': {
    end: ({ owner, member }) => member.visitor.mutate('blocks.block', { userId: owner.userId }),
  },
  'sees the account go whose it is': {
    end: ({ owner, groupId }) => deleteOwnAccount(db, owner, [{ groupId, choice: 'handOver', successorId: null }]),
  },
  'deletes their account': { end: ({ member }) => deleteOwnAccount(db, member, []), refusal: 'sign_in_needed' },
  'is banned': { end: ({ member }) => banFor(db, edge, member), refusal: 'sign_in_needed' },
  'sees a ban take the items of whose it is': { end: ({ owner }) => banFor(db, edge, owner) },
})
