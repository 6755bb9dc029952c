// Reads a zip with an unzipper that another author wrote, which checks structure, sizes and CRCs.
import { crc32 } from 'node:zlib'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'

export type ZipEntry = {
  readonly name: string
  readonly bytes: Buffer
  /** As it stands in the entry, which knows no zone: the wall clock. */
  readonly date: Date
  readonly isStored: boolean
}

export async function readZip(zip: Buffer): Promise<ZipEntry[]> {
  const file = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(zip, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (error, opened) =>
      error === null ? resolve(opened) : reject(error),
    ),
  )
  const entries: ZipEntry[] = []
  await new Promise<void>((resolve, reject) => {
    file.on('error', reject)
    file.on('end', resolve)
    file.on('entry', (entry: Entry) => {
      readEntry(file, entry).then((read) => {
        entries.push(read)
        file.readEntry()
      }, reject)
    })
    file.readEntry()
  })
  return entries
}

async function readEntry(file: ZipFile, entry: Entry): Promise<ZipEntry> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
    file.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error))),
  )
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  if (crc32(bytes) !== entry.crc32) throw new Error(`${entry.fileName} is not what its CRC says`)
  return { name: entry.fileName, bytes, date: entry.getLastModDate(), isStored: entry.compressionMethod === 0 }
}
