// The camera page's part of the dictionary in use; see words.ts.
import { enCamera } from './en-camera.ts'
import { translated } from './translation.ts'

export type CameraWords = typeof enCamera

export const cameraWords: CameraWords = translated('camera', enCamera)
