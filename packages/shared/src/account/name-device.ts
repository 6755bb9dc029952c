// Which browser on which system a session comes from, so that people can tell their sessions apart. Only names: a
// header that anybody can write is nothing to decide by.

export type DeviceName = { readonly browser: string | null; readonly system: string | null }

/** The first that matches: a browser's header also carries the names of those it descends from. */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
]

const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

const findName = (names: typeof browsers, userAgent: string): string | null =>
  names.find(([mark]) => mark.test(userAgent))?.[1] ?? null

export const nameDevice = (userAgent: string): DeviceName => ({
  browser: findName(browsers, userAgent),
  system: findName(systems, userAgent),
})
