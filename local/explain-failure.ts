// Turns what can go wrong at the start into a sentence that says what to do.

const diskIsFull = 'The disk is full. Free some space and start again; nothing was lost.'

/** Below this a database cannot even be made; programs then fail in words of their own that name no disk. */
const freeBytesMin = 64 * 2 ** 20

/**
 * Says what happened and what to do about it; the whole error where we do not know better.
 * @param freeBytes what is left on the disk of the data folder
 */
export function explainFailure(error: unknown, freeBytes: number): string {
  if (freeBytes < freeBytesMin) return diskIsFull
  if (!(error instanceof Error)) return String(error)
  const text = `${error.message} ${'code' in error ? String(error.code) : ''}`
  if (/ENOSPC|No space left/i.test(text)) return diskIsFull
  if (/EDQUOT/.test(text)) return 'Your disk quota is used up. Free some space and start again; nothing was lost.'
  const library = /error while loading shared libraries: (\S+?):?\s/.exec(text)?.[1]
  if (library !== undefined)
    return `The library ${library} is missing. On Debian and Ubuntu: find its package with \`apt-file search ${library}\` and install it.`
  if (/EACCES|EPERM/.test(text)) return `A file may not be read or written: ${error.message}`
  if (/^[A-Z].*\.$/.test(error.message)) return error.message
  return error.stack ?? error.message
}
