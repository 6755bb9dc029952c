// The way of a missing picture through inspect; see original-as-upload.ts.
import type { UserId } from '@shoebox/shared/ids.ts'
import type { VideoMessage } from '@shoebox/shared/messages/video.schema.ts'
import { incomingKey, parseMediaKey } from '@shoebox/shared/upload/object-keys.ts'
import { inspectUpload, type InspectUploadDeps } from '../inspect/inspect-upload.ts'
import { lookAtOriginal } from './original-as-upload.ts'

/** Whose it is matters to outcomes alone, and none is sent. */
const nobody = 'usr_00000000-0000-0000-0000-000000000000' as UserId

/** Makes what is missing beside a promoted picture; hands a film or a sound on to the video function. */
export async function remakeDerivatives(deps: InspectUploadDeps, key: string): Promise<void> {
  const original = parseMediaKey(key)
  if (original === null || original.file !== null)
    return deps.log.warn('foreign_key_ignored', { key: key.slice(0, 200) })
  const quiet = lookAtOriginal(deps, { key, generation: original.generation })
  const sendVideo = (message: VideoMessage) => deps.sendVideo({ ...message, incomingKey: key })
  await inspectUpload({ ...quiet, sendVideo }, incomingKey(nobody, original.mediaId))
}
