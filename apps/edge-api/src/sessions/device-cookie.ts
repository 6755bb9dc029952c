// What a browser is known by across sessions, only so that the first sign-in from another one can be told by mail. It
// opens nothing.

export const deviceCookieName = '__Host-shoebox-device'

/** As long as browsers keep one. */
const lifetimeSeconds = 400 * 24 * 3600

/** Anything else in the cookie is not ours. */
export const isDeviceToken = (text: string): boolean => /^[\w-]{43}$/.test(text)

export const deviceCookie = (token: string): string =>
  `${deviceCookieName}=${token}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=${lifetimeSeconds}`
