/**
 * Of a row of media called `twin`: people have its content where they would look for it, so it need not be stored again.
 * What lies in the trash or was taken down is not there: whoever uploads it anew wants it back.
 */
export const isInGalleryStill = `twin.listing not in ('trashed', 'removed')`
