import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Names of the files in a zip, from its central directory. */
export function listZip(file: string): string[] {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const read = (start: number, length: number) => {
      const bytes = Buffer.alloc(length)
      readSync(descriptor, bytes, 0, length, start)
      return bytes
    }
    // The end record is 22 bytes long, since these zips have no comment.
    const end = read(size - 22, 22)
    if (end.readUInt32LE(0) !== 0x06054b50) throw new Error(`${file} does not end as a zip does`)
    const directory = read(end.readUInt32LE(16), end.readUInt32LE(12))
    const names: string[] = []
    for (let at = 0; at < directory.length;) {
      const nameLength = directory.readUInt16LE(at + 28)
      names.push(directory.toString('utf8', at + 46, at + 46 + nameLength))
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
    }
    return names.filter((name) => !name.endsWith('/')).sort()
  } finally {
    closeSync(descriptor)
  }
}
