// The files of a drop with folders in it. Loaded with the first one.
import type { BackOffDeps } from './back-off.ts'
import { isClutter } from './is-clutter.ts'
import { sleep } from './sleep.ts'

export type Dropped = { readonly files: readonly File[]; readonly unreadable: number }

/** A place for everything that was found, in order. What stays null could not be read. */
type Found = (File | null)[]

/** A drive that opens not one file more in this time answers no more. Milliseconds. */
const patienceMs = 30_000

/** All of it together: what was dropped at once is judged at once, before any of it is sent. */
export async function walkFolders(
  entries: readonly FileSystemEntry[],
  wait: BackOffDeps['sleep'] = sleep,
): Promise<Dropped> {
  const found: Found = []
  const end = new AbortController()
  void walkAll(entries, found).then(() => end.abort())
  for (let before = -1; !end.signal.aborted && countFiles(found) > before;) {
    before = countFiles(found)
    await wait(patienceMs, end.signal)
  }
  // What more there was nobody knows.
  if (!end.signal.aborted && !found.includes(null)) found.push(null)
  const files = found.filter((file) => file !== null)
  return { files, unreadable: found.length - files.length }
}

const countFiles = (found: Found): number => found.filter((file) => file !== null).length

async function walkAll(entries: readonly FileSystemEntry[], found: Found): Promise<void> {
  await openFiles(entries.filter(isFile), found)
  for (const folder of entries.filter(isFolder)) await walk(folder, found)
}

async function walk(folder: FileSystemDirectoryEntry, found: Found): Promise<void> {
  const reader = folder.createReader()
  const inner: FileSystemDirectoryEntry[] = []
  // A reader hands out so many entries at a time, and an empty list at the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => {
        // How many there are that cannot be listed nobody knows: one more than none.
        found.push(null)
        resolve([])
      }),
    )
    if (entries.length === 0) break
    const wanted = entries.filter(({ name }) => !isClutter(name))
    await openFiles(wanted.filter(isFile), found)
    inner.push(...wanted.filter(isFolder))
  }
  await walkAll(inner, found)
}

async function openFiles(entries: readonly FileSystemFileEntry[], found: Found): Promise<void> {
  const open = (entry: FileSystemFileEntry) =>
    new Promise<void>((resolve) => {
      const place = found.push(null) - 1
      entry.file(
        (file) => {
          found[place] = file
          resolve()
        },
        () => resolve(),
      )
    })
  await Promise.all(entries.map(open))
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
