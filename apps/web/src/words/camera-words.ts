// The camera page's part of the dictionary in use; see translation.ts.
import { enCamera } from './en-camera.ts'
import { inLanguage } from './translation.ts'

export const cameraWords = inLanguage(enCamera, { tr: async () => (await import('./tr-camera.ts')).trCamera })
