// One id follows a request from the browser to the row: the browser makes it, the Worker logs it and has it signed into
// the upload, S3 keeps it with the object, inspect and video log it and hand it on, the persister logs it last.

/** As HTTP header, from the browser to the Worker. */
export const requestIdHeader = 'x-request-id'

/** The same on an object of the incoming bucket. */
export const requestIdMetadata = 'request-id'
export const requestIdMetadataHeader = `x-amz-meta-${requestIdMetadata}`

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whatever is not one of ours never reaches a log. */
export const isRequestId = (text: string | null | undefined): text is string => text != null && pattern.test(text)
