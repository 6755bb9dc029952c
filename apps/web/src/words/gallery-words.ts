// The galleries' part of the dictionary in use; see words.ts.
import { enGallery } from './en-gallery.ts'

export type GalleryWords = typeof enGallery

export const galleryWords: GalleryWords = enGallery
