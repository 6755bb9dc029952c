/** Items in one answer, of the feed and of every other list that is read page by page. */
export const pageSizeMax = 100
export const pageSizeDefault = 30
