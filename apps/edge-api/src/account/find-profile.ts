import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { PlanName } from '@shoebox/shared/upload/quota-plans.ts'
import { presentPicture, type PictureRow, type SignDelivery } from '../groups/picture.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { ProfileOutput } from './account.schema.ts'

export type ProfileRow = {
  readonly id: UserId
  readonly name: string
  readonly email: string
  readonly phone: string | null
  /** What is wrong with their address, as far as mail to it showed. */
  readonly addressTrouble: 'bounce' | 'complaint' | null
  readonly role: SiteRole
  readonly plan: PlanName
  readonly createdAt: Date
  readonly termsVersion: string | null
  readonly termsAcceptedAt: Date | null
  readonly hasPassword: boolean
  readonly avatar: PictureRow
}

export type FindProfileDeps = {
  readonly nowMs: () => number
  /** Checks the session and reads all about its user, in one trip. */
  readonly readProfile: () => Promise<CheckedRead<ProfileRow | null> | null>
  readonly signDelivery: SignDelivery
}

/** All that is kept about whoever asks. Nobody else is ever answered this. */
export async function findProfile(deps: FindProfileDeps): Promise<Result<ProfileOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readProfile()
  if (read === null || read.data === null) return refuse({ code: 'sign_in_needed' })
  const { avatar, createdAt, termsVersion: accepted, termsAcceptedAt, ...row } = read.data
  const { steppedUpUntil } = read.user
  const isSteppedUp = steppedUpUntil !== null && steppedUpUntil.getTime() > deps.nowMs()
  return accept({
    ...row,
    avatar: await presentPicture(deps.signDelivery, avatar),
    createdAt: createdAt.toISOString(),
    terms: {
      version: accepted,
      acceptedAt: termsAcceptedAt?.toISOString() ?? null,
      isCurrent: accepted === termsVersion,
    },
    steppedUpUntil: isSteppedUp ? steppedUpUntil.toISOString() : null,
  })
}
