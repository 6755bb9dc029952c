import type { MediaId } from '@shoebox/shared/ids.ts'
import { viewsFolder } from '@shoebox/shared/upload/object-keys.ts'

/** What an invalidation names of an item: everything that people were shown of it. */
export const pathOfCopies = (mediaId: MediaId): string => `/${viewsFolder(mediaId)}*`
