import { nameDevice } from '@shoebox/shared/account/name-device.ts'
import type { NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import type { DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { SettingsOutput } from './push.schema.ts'

export type FindSettingsDeps = {
  /** The public key of our pushes, base64url. */
  readonly pushKey: string
  readonly readSettings: () => Promise<CheckedRead<{
    readonly devices: readonly {
      readonly sessionId: string
      readonly userAgent: string
      readonly endpoint: string
      readonly showsNames: boolean
      readonly createdAt: Date
    }[]
    /** Null: never chosen. */
    readonly frequency: DigestFrequency | null
    readonly addressTrouble: 'bounce' | 'complaint' | null
    readonly groups: readonly {
      readonly id: GroupId
      readonly name: string
      readonly level: NotificationLevel
    }[]
  }> | null>
}

/** How whoever asks is told of things where they are not looking. */
export async function findSettings(
  deps: FindSettingsDeps,
): Promise<Result<SettingsOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readSettings()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const { devices, frequency, addressTrouble, groups } = read.data
  return accept({
    pushKey: deps.pushKey,
    devices: devices.map(({ sessionId, userAgent, endpoint, showsNames, createdAt }) => {
      const isCurrent = sessionId === read.user.sessionId
      return {
        id: sessionId,
        ...nameDevice(userAgent),
        isCurrent,
        showsNames,
        // Whoever has another browser's can write to it.
        endpoint: isCurrent ? endpoint : null,
        since: createdAt.toISOString(),
      }
    }),
    digest: frequency ?? 'weekly',
    addressTrouble,
    groups: [...groups],
  })
}
