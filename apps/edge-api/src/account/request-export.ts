import type { ExportId } from '@shoebox/shared/ids.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type RequestExportDeps = {
  readonly nowMs: () => number
  readonly newExportId: () => ExportId
  /** Asks for one, unless one is waiting or was asked for within the hour. */
  readonly requestExport: (wish: { id: ExportId; author: Author; nowMs: number }) => Promise<void>
}

/** Asks for everything that is kept about oneself. It takes minutes; a mail says when it is there. */
export async function requestExport(deps: RequestExportDeps, user: EmailVerified<User>): Promise<Record<never, never>> {
  await deps.requestExport({ id: deps.newExportId(), author: authorOf(user), nowMs: deps.nowMs() })
  return {}
}
