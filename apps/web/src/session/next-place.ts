// Where to go after signing in: only ever a place on this site.

export const findNextPlace = (next: string | string[] | undefined): string =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'

export const withNext = (path: string, next: string): string =>
  next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`
