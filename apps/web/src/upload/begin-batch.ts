// The pre-flight's call, of a page and of the service worker: it says for whom the files were added.
import type { Id } from '@shoebox/shared/ids.ts'
import type { connectApi } from '../api/connect.ts'
import { isRefusedWith } from '../api/refusal.ts'
import type { BeginAnswer, HashedFile } from './declare-batch.ts'
import type { Destination } from './destination.ts'

export async function beginBatch(
  { uploads }: Pick<ReturnType<typeof connectApi>, 'uploads'>,
  userId: Id<'user'> | undefined,
  { batchId, destination }: { readonly batchId: string; readonly destination: Destination },
  files: HashedFile[],
): Promise<readonly BeginAnswer[]> {
  const batch = { batchId, files, groupId: destination.kind === 'group' ? destination.groupId : null }
  try {
    return (await uploads.begin.mutate({ ...batch, userId })).files
  } catch (error) {
    // The Worker of before, which a deployment may go back to under pages that are open, knows no `userId`. The one that
    // does looks at it before all else, so that nothing another's session was refused for is accepted here.
    if (!isRefusedWith(error, 'invalid_input')) throw error
    return (await uploads.begin.mutate(batch)).files
  }
}
