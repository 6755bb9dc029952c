// When what somebody was told is sent to where they are not looking.

/** What was told so long ago wakes nobody any more. */
export const pushStaleHours = 6

/** How long a push service keeps a push for a browser that is not there. */
export const pushKeptSeconds = 24 * 60 * 60

/** The hour of the day, in the reader's zone, from which on a digest is mailed; a weekly one on Mondays. */
export const digestHour = 8

/** Lines of a digest; what is further back is not in it. */
export const digestLinesMax = 60

/** A delivery that was claimed is free again after so long: as long as whoever sends it may run. */
export const claimSeconds = 60
