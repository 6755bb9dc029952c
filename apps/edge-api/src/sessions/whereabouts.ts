/** Where a request came from, as far as it tells: shown to whoever the session belongs to, and nothing is decided by it. */
export type Whereabouts = {
  readonly userAgent: string
  /** Two letters of ISO 3166-1. */
  readonly country: string | null
  readonly city: string | null
}

export const nowhere: Whereabouts = { userAgent: '', country: null, city: null }
