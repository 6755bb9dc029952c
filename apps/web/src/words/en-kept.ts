// What the service worker says of files that it sent, or could not, in English. It has no page to load words for it.

const numbers = new Intl.NumberFormat('en')
const files = (count: number): string => `${numbers.format(count)} ${count === 1 ? 'file' : 'files'}`

export const enKept = {
  sent: (count: number) => `${files(count)} that waited for a network: sent.`,
  left: (count: number) => `${files(count)} still to be sent. Open Shoebox to go on.`,
}
