import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { MyRequestsOutput } from './requests.schema.ts'

export type MyRequestRow = Omit<MyRequestsOutput['requests'][number], 'createdAt'> & { readonly createdAt: Date }

export type ListMyRequestsDeps = {
  readonly readMyRequests: () => Promise<CheckedRead<readonly MyRequestRow[]> | null>
}

/** Where whoever asks waits to be let in. */
export async function listMyRequests(
  deps: ListMyRequestsDeps,
): Promise<Result<MyRequestsOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readMyRequests()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  return accept({ requests: read.data.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) })
}
