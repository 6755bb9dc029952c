import { publicFeed } from '../src/upload/destination.ts'
import type { UploadItem } from '../src/upload/upload-item.ts'
import { photo } from './upload-world.ts'

/** A file that has just been added, changed as a test needs it. */
export const makeUpload = (changes: Partial<UploadItem> = {}): UploadItem => ({
  key: 0,
  file: photo('holiday.jpg', 2048),
  destination: publicFeed,
  kind: null,
  state: 'waiting',
  sentBytes: 0,
  arrivedBytes: 0,
  mediaId: null,
  refusal: null,
  trouble: null,
  detectedType: null,
  duplicateOf: null,
  shown: null,
  isSlow: false,
  allowDuplicate: false,
  ...changes,
})
