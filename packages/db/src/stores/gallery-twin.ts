/**
 * Of a row of media called `twin`: people have its content where they would look for it, so it need not be stored again.
 * What lies in the trash, was taken down or went with somebody who is banned is not there: whoever uploads it anew wants it back.
 */
export const isInGalleryStill = `twin.listing not in ('trashed', 'removed', 'withdrawn')`
