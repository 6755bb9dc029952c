import * as z from 'zod/mini'
import { invitePattern, readInviteCode } from '@shoebox/shared/groups/joining.ts'
import { picture } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

const invitedRole = z.enum(['viewer', 'contributor'])
const groupId = idInput('group')

/** Spaces, dashes and small letters are forgiven; what cannot be a code opens nothing, like one that is not known. */
const code = z.pipe(
  z.string().check(z.maxLength(64)),
  z.transform((text) => {
    const read = readInviteCode(text)
    return invitePattern.test(read) ? read : ''
  }),
)

export const createInput = z.strictObject({
  groupId,
  role: invitedRole,
  /** Null: it does not end by itself. */
  expiresInHours: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(365 * 24))), null),
  /** How many may come in by it. Null: any number. */
  usesMax: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(10_000))), null),
  needsApproval: z._default(z.boolean(), false),
})

const invite = z.strictObject({
  id: idOutput('invite'),
  code: z.string(),
  role: invitedRole,
  needsApproval: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.nullable(z.iso.datetime()),
  usesMax: z.nullable(z.int().check(z.positive())),
  /** Who came in by it or has asked to. */
  uses: z.int().check(z.nonnegative()),
  /** Null: they have no account any more. */
  createdByName: z.nullable(z.string()),
  state: z.enum(['open', 'expired', 'used_up', 'revoked']),
})

export const createOutput = z.strictObject({ invite })

export const listInput = z.strictObject({ groupId })
/** Newest first; at most 200. */
export const listOutput = z.strictObject({ invites: z.array(invite) })

export const revokeInput = z.strictObject({ groupId, inviteId: idInput('invite') })

export const codeInput = z.strictObject({ code })

export const previewOutput = z.strictObject({
  group: z.strictObject({
    name: z.string(),
    description: z.string(),
    memberCount: z.int().check(z.nonnegative()),
    cover: picture,
  }),
  inviterName: z.nullable(z.string()),
  role: invitedRole,
  /** Joining will ask its admins first. */
  needsApproval: z.boolean(),
  /** Of who asks: `declined` by this very invite. Signed out: none. */
  standing: z.enum(['none', 'member', 'requested', 'declined']),
  /** To members alone. */
  groupId: z.nullable(idOutput('group')),
})

export const joinOutput = z.discriminatedUnion('joined', [
  z.strictObject({ joined: z.literal(true), groupId: idOutput('group') }),
  z.strictObject({ joined: z.literal(false), requested: z.literal(true) }),
])

export type CreateInviteInput = z.infer<typeof createInput>
export type Invite = z.infer<typeof invite>
export type PreviewOutput = z.infer<typeof previewOutput>
export type JoinOutput = z.infer<typeof joinOutput>
