type Query<T> = { readonly isPending: boolean; readonly data: T | undefined }

/** What a query has by now. To read data that is on its way suspends the page: it goes blank, and dialogs close. */
export const dataOf = <T>(query: Query<T>): T | undefined => (query.isPending ? undefined : query.data)
