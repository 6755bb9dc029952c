/** What a page tells the service worker once its first screen stands; see service-worker/keep-shell.ts. */
export const keepFiles = 'keep-files'
