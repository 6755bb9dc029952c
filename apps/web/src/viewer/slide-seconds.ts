// How long a picture stays in a slideshow, kept in this browser.

export const slideSeconds = [3, 5, 10] as const
export type SlideSeconds = (typeof slideSeconds)[number]

const key = 'slideshow-seconds'

export const readSeconds = (): SlideSeconds =>
  slideSeconds.find((seconds) => String(seconds) === localStorage.getItem(key)) ?? 5

export const rememberSeconds = (seconds: SlideSeconds): void => localStorage.setItem(key, String(seconds))
