// The states of an upload, from the reservation to its settled end. `sending` and `received` are the browser's own
// view of a reserved upload; the database knows the rest.

export const storedStates = ['reserved', 'ready', 'refused', 'cancelled', 'expired'] as const
export type StoredState = (typeof storedStates)[number]

export type UploadState = StoredState | 'sending' | 'received' | 'inspecting'
