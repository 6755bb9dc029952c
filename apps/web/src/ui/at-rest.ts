/** Nothing on the page has been chosen: keys mean the page as a whole. A screen that comes has its heading focused. */
export const isAtRest = (): boolean => document.activeElement?.matches('body, main, h1') ?? true
