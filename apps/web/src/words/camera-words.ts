// The camera page's part of the dictionary in use; see words.ts.
import { enCamera } from './en-camera.ts'

export type CameraWords = typeof enCamera

export const cameraWords: CameraWords = enCamera
