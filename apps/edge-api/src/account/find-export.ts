import type { ExportId, UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { exportKey } from '@shoebox/shared/upload/object-keys.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { ExportOutput } from './account.schema.ts'

export type ExportRow = {
  readonly id: ExportId
  readonly userId: UserId
  readonly requestedAt: Date
  /** Null, as are the others: it is being made. */
  readonly readyAt: Date | null
  readonly expiresAt: Date | null
  readonly bytes: number | null
}

export type FindExportDeps = {
  /** Checks the session and reads the latest export of its user that is not removed, in one trip. */
  readonly readExport: () => Promise<CheckedRead<ExportRow | null> | null>
  /** An address under which one object of the media bucket can be read for some minutes. */
  readonly signObject: (key: string) => Promise<string>
}

/** The export that somebody asked for last. Its address is signed anew each time and works for minutes. */
export async function findExport(deps: FindExportDeps): Promise<Result<ExportOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readExport()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  if (read.data === null) return accept({ export: null })
  const { id, userId, requestedAt, readyAt, expiresAt, bytes } = read.data
  return accept({
    export: {
      requestedAt: requestedAt.toISOString(),
      isReady: readyAt !== null,
      expiresAt: expiresAt?.toISOString() ?? null,
      bytes,
      url: readyAt === null ? null : await deps.signObject(exportKey(userId, id)),
    },
  })
}
