// Reads a zip with an unzipper that another author wrote, which checks structure, sizes and names.
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromBuffer, open, type Entry, type Options, type ZipFile } from 'yauzl'

export type ZipEntry = {
  readonly name: string
  readonly bytes: Buffer
  /** As it stands in the entry, which knows no zone: the wall clock. */
  readonly date: Date
  readonly isStored: boolean
}

const options = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true } satisfies Options

/** All entries in memory, their CRCs checked. */
export async function readZip(zip: Buffer): Promise<ZipEntry[]> {
  const file = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(zip, options, (error, opened) => (error === null ? resolve(opened) : reject(error))),
  )
  const entries: ZipEntry[] = []
  await walk(file, async (entry, stream) => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    if (crc32(bytes) !== entry.crc32) throw new Error(`${entry.fileName} is not what its CRC says`)
    const isStored = entry.compressionMethod === 0
    entries.push({ name: entry.fileName, bytes, date: entry.getLastModDate(), isStored })
  })
  return entries
}

/** One entry after the other, from a file that memory would not hold. `use` reads the stream to its end. */
export async function readZipFile(
  path: string,
  use: (entry: { readonly name: string; readonly stream: Readable }) => unknown,
): Promise<void> {
  const file = await new Promise<ZipFile>((resolve, reject) =>
    open(path, options, (error, opened) => (error === null ? resolve(opened) : reject(error))),
  )
  await walk(file, ({ fileName }, stream) => use({ name: fileName, stream }))
}

async function walk(file: ZipFile, use: (entry: Entry, stream: Readable) => unknown): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const next = async (entry: Entry) => {
      const stream = await new Promise<Readable>((opened, failed) =>
        file.openReadStream(entry, (error, found) => (error === null ? opened(found) : failed(error))),
      )
      await use(entry, stream)
      file.readEntry()
    }
    file.on('error', reject)
    file.on('end', resolve)
    file.on('entry', (entry: Entry) => void next(entry).catch(reject))
    file.readEntry()
  })
}
