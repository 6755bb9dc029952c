import * as z from 'zod/mini'
import { joiningModes } from '@shoebox/shared/groups/joining.ts'
import {
  groupDescriptionCharactersMax,
  groupNameCharactersMax,
  locationPolicies,
  notificationLevels,
} from '@shoebox/shared/groups/policies.ts'
import { roles } from '@shoebox/shared/groups/roles.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

/** Text that people type: U+0000 cannot be stored, and a lone surrogate is half a letter. */
export const typedText = (charactersMax: number) =>
  z
    .pipe(
      z.string().check(z.maxLength(charactersMax * 4), z.regex(/^[^\0]*$/)),
      z.transform((text) => text.toWellFormed().trim()),
    )
    .check(z.refine((text) => Array.from(text).length <= charactersMax))

const name = typedText(groupNameCharactersMax).check(z.refine((text) => text !== ''))
const description = typedText(groupDescriptionCharactersMax)
const groupId = idInput('group')
const count = z.int().check(z.nonnegative())

/** Of an avatar or a cover: `<base>/thumb.webp?<query>`, `tile.webp`, `preview.webp`. Null: there is no picture. */
export const picture = z.nullable(z.strictObject({ base: z.string(), query: z.string(), expiresAt: z.iso.datetime() }))

export const createInput = z.strictObject({
  name,
  description: z._default(description, ''),
  joining: z._default(z.enum(joiningModes), 'open'),
})
export const createOutput = z.strictObject({ groupId: idOutput('group') })

const person = { id: idOutput('user'), name: z.string(), avatar: picture }

export const mineOutput = z.strictObject({
  /** The liveliest first. */
  groups: z.array(
    z.strictObject({
      id: idOutput('group'),
      name: z.string(),
      cover: picture,
      role: z.enum(roles),
      memberCount: count,
      /** The first five: oneself, then in the order of joining. */
      members: z.array(z.strictObject(person)),
      activeAt: z.iso.datetime(),
      /** What others added since one last looked; 100 stands for 100 or more. */
      unread: count,
      /** How many ask to come in. 0 for those who may not answer. */
      pendingRequests: count,
    }),
  ),
})

export const oneGroupInput = z.strictObject({ groupId })
export const findOutput = z.strictObject({
  group: z.strictObject({
    id: idOutput('group'),
    name: z.string(),
    description: z.string(),
    cover: picture,
    coverId: z.nullable(idOutput('media')),
    joining: z.enum(joiningModes),
    locationPolicy: z.enum(locationPolicies),
    memberCount: count,
    itemCount: count,
    createdAt: z.iso.datetime(),
  }),
  me: z.strictObject({
    role: z.enum(roles),
    notifications: z.enum(notificationLevels),
    joinedAt: z.iso.datetime(),
    seenAt: z.iso.datetime(),
  }),
})

export const editInput = z.strictObject({
  groupId,
  name: z.optional(name),
  description: z.optional(description),
  joining: z.optional(z.enum(joiningModes)),
  /** An item of the group that has a picture; null takes the cover away. */
  coverId: z.optional(z.nullable(idInput('media'))),
})

export const locationPolicyInput = z.strictObject({ groupId, locationPolicy: z.enum(locationPolicies) })

export const removeInput = z.strictObject({ groupId, name: typedText(groupNameCharactersMax) })

export const membersOutput = z.strictObject({
  /** From the owner down, each role in the order of joining. */
  members: z.array(
    z.strictObject({
      ...person,
      role: z.enum(roles),
      joinedAt: z.iso.datetime(),
      itemCount: count,
      /** By the viewer. */
      isBlocked: z.boolean(),
    }),
  ),
})

const otherMember = { groupId, userId: idInput('user') }

export const setRoleInput = z.strictObject({ ...otherMember, role: z.enum(['viewer', 'contributor', 'admin']) })
export const handOverInput = z.strictObject(otherMember)
export const removeMemberInput = z.strictObject({ ...otherMember, items: z.enum(['keep', 'withdraw']) })

export const leaveInput = z.strictObject({
  groupId,
  /** `withdraw`: into one's trash, from where they can be moved elsewhere. `handOver`: to the group's owner. */
  items: z.enum(['keep', 'withdraw', 'handOver']),
  successorId: z.optional(idInput('user')),
})
export const leavePreviewOutput = z.strictObject({
  items: count,
  bytes: count,
  /** Who will own the group if no one else is named. Null: somebody else owns it, or nobody would be left. */
  successor: z.nullable(z.strictObject({ id: idOutput('user'), name: z.string() })),
  /** Nobody would be left: the group and everything in it goes. */
  isLast: z.boolean(),
})

export const notificationsInput = z.strictObject({ groupId, level: z.enum(notificationLevels) })

export type CreateInput = z.infer<typeof createInput>
export type MineOutput = z.infer<typeof mineOutput>
export type FindOutput = z.infer<typeof findOutput>
export type EditInput = z.infer<typeof editInput>
export type MembersOutput = z.infer<typeof membersOutput>
export type LeaveInput = z.infer<typeof leaveInput>
export type LeavePreviewOutput = z.infer<typeof leavePreviewOutput>
