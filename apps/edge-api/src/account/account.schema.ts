import * as z from 'zod/mini'
import { passwordCharactersMax } from '@shoebox/shared/account/password-policy.ts'
import { siteRoles } from '@shoebox/shared/account/site-roles.ts'
import { planNames } from '@shoebox/shared/upload/quota-plans.ts'
import { groupsMax } from '../groups/limits.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import { picture } from '../groups/groups.schema.ts'
import { sha256, uploadRequest } from '../uploads/uploads.schema.ts'
import { codeInput } from './codes.schema.ts'

/** Addresses are compared and stored in lower case. */
export const email = z.pipe(z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254)), z.email())

/** Well above what is accepted as a new password, so that the policy and not the schema says what is wrong. */
const password = z.string().check(z.minLength(1), z.maxLength(passwordCharactersMax * 5))

export const nameCharactersMax = 60

/** Of the terms: see terms-version.ts. */
const version = z.string().check(z.maxLength(20))

/** Goes into mails: no line breaks or other control characters. */
const name = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(nameCharactersMax), z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u))

export const signUpInput = z.strictObject({
  name,
  email,
  password,
  confirmPassword: password,
  /** The version of the terms that was shown and accepted. */
  acceptedTerms: version,
})

export const resendCodeInput = z.strictObject({ verificationId: idInput('verification') })

export const signInInput = z.strictObject({ email, password })

const user = z.strictObject({ id: idOutput('user'), name: z.string(), email: z.string() })
export const signedInOutput = z.strictObject({ user })
export const meOutput = z.strictObject({
  user: z.nullable(user),
  /** The terms have changed since they were last accepted: what needs an account is refused until they are. */
  mustAcceptTerms: z.boolean(),
  /** From a moderator: to be read, and then acknowledged, before anything else. */
  warning: z.nullable(z.strictObject({ id: idOutput('warning'), reason: z.string() })),
})

export const requestCodeInput = z.strictObject({ email })
export const resetInput = z.strictObject({ ...codeInput.shape, password, confirmPassword: password })
export const changePasswordInput = z.strictObject({ currentPassword: password, password, confirmPassword: password })
export const requestAddressChangeInput = z.strictObject({ email, password })
export const undoChangeInput = z.strictObject({ token: z.string().check(z.regex(/^[\w-]{43}$/)) })
/** The account has this address again; its password is to be set anew. */
export const undoChangeOutput = z.strictObject({ email: z.string() })
export const acceptTermsInput = z.strictObject({ version })

/** All that is kept about somebody, for themselves. */
export const profileOutput = z.strictObject({
  id: idOutput('user'),
  name: z.string(),
  email: z.string(),
  /** E.164. */
  phone: z.nullable(z.string()),
  /** Why nothing is mailed to their address any more; null when it works. */
  addressTrouble: z.nullable(z.enum(['bounce', 'complaint'])),
  avatar: picture,
  role: z.enum(siteRoles),
  plan: z.enum(planNames),
  createdAt: z.iso.datetime(),
  /** False after a change was undone: the way in is a code until a password is set. */
  hasPassword: z.boolean(),
  terms: z.strictObject({
    version: z.nullable(z.string()),
    acceptedAt: z.nullable(z.iso.datetime()),
    isCurrent: z.boolean(),
  }),
  /** Until when this session is stepped up; null when it is not. */
  steppedUpUntil: z.nullable(z.iso.datetime()),
})

export const editProfileInput = z.strictObject({
  name: z.optional(name),
  /** As people write it; null or empty: none. */
  phone: z.optional(z.nullable(z.string().check(z.maxLength(40)))),
})
export const beginAvatarInput = z.strictObject({
  type: z.string().check(z.maxLength(100)),
  bytes: z.int().check(z.nonnegative()),
  sha256,
})
export const beginAvatarOutput = z.strictObject({ mediaId: idOutput('media'), request: uploadRequest })
export const setAvatarInput = z.strictObject({ mediaId: z.nullable(idInput('media')) })

const bytes = z.int().check(z.nonnegative())

export const exportOutput = z.strictObject({
  /** Null: none was asked for, or it is removed. */
  export: z.nullable(
    z.strictObject({
      requestedAt: z.iso.datetime(),
      isReady: z.boolean(),
      /** When it is removed. */
      expiresAt: z.nullable(z.iso.datetime()),
      bytes: z.nullable(bytes),
      /** Works for 15 minutes; asking again gives a new one. */
      url: z.nullable(z.url()),
    }),
  ),
})

/** `itemCount`: one's own in it. */
const groupLeft = { id: idOutput('group'), name: z.string(), itemCount: z.int().check(z.nonnegative()) }

export const previewDeletionOutput = z.strictObject({
  items: z.int().check(z.nonnegative()),
  bytes,
  /** To be handed over or ended with the account. */
  ownedGroups: z.array(
    z.strictObject({
      ...groupLeft,
      memberCount: z.int().check(z.nonnegative()),
      /** Who owns it then, unless somebody else is chosen. Null: nobody else belongs to it. */
      successor: z.nullable(z.strictObject({ id: idOutput('user'), name: z.string() })),
    }),
  ),
  memberGroups: z.array(z.strictObject(groupLeft)),
})

const ownedGroupChoice = z.discriminatedUnion('choice', [
  z.strictObject({ groupId: idInput('group'), choice: z.literal('end') }),
  z.strictObject({
    groupId: idInput('group'),
    choice: z.literal('handOver'),
    /** Null: whoever is next in line. */
    successorId: z.nullable(idInput('user')),
  }),
])

export const deleteAccountInput = z.strictObject({
  /** Null: by a code that was entered in this session lately. */
  password: z.nullable(password),
  /** For each group that is owned. */
  groups: z._default(
    z.array(ownedGroupChoice).check(
      z.maxLength(groupsMax),
      z.refine((choices) => new Set(choices.map(({ groupId }) => groupId)).size === choices.length),
    ),
    [],
  ),
  /** `handOver`: what is in groups goes to their owners, as far as they have room. Everything else is deleted. */
  items: z._default(z.enum(['delete', 'handOver']), 'delete'),
})
export const usageOutput = z.strictObject({
  plan: z.enum(planNames),
  /** Of the present UTC day. */
  day: z.strictObject({ usedBytes: bytes, limitBytes: bytes, resetsAt: z.iso.datetime() }),
  total: z.strictObject({ usedBytes: bytes, limitBytes: bytes }),
})

export type ExportOutput = z.infer<typeof exportOutput>
export type PreviewDeletionOutput = z.infer<typeof previewDeletionOutput>
export type ProfileOutput = z.infer<typeof profileOutput>
export type EditProfileInput = z.infer<typeof editProfileInput>
export type BeginAvatarInput = z.infer<typeof beginAvatarInput>
export type UsageOutput = z.infer<typeof usageOutput>
export type SignUpInput = z.infer<typeof signUpInput>
export type ResetInput = z.infer<typeof resetInput>
export type ChangePasswordInput = z.infer<typeof changePasswordInput>
export type RequestAddressChangeInput = z.infer<typeof requestAddressChangeInput>
export type SignInInput = z.infer<typeof signInInput>
