// The galleries' part of the dictionary in use; see words.ts.
import { enGallery } from './en-gallery.ts'
import { translated } from './translation.ts'

export type GalleryWords = typeof enGallery

export const galleryWords: GalleryWords = translated('gallery', enGallery)
