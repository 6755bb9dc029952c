// The galleries' part of the dictionary in use; see translation.ts.
import { enGallery } from './en-gallery.ts'
import { inLanguage } from './translation.ts'

export const galleryWords = inLanguage(enGallery, { tr: async () => (await import('./tr-gallery.ts')).trGallery })
