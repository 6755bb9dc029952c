// The files of a drop, folders walked through. Entries must be asked for at once: after the event they are gone.

/** Hands over files as they are found, a folder's in the order it lists them. Resolves with how many were unreadable. */
export async function takeDropped(transfer: DataTransfer, onFiles: (files: File[]) => void): Promise<number> {
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
  if (!entries.some((entry) => entry?.isDirectory)) {
    onFiles([...transfer.files])
    return 0
  }
  const present = entries.filter((entry) => entry !== null)
  let unreadable = await takeFiles(present.filter(isFile), onFiles)
  for (const folder of present.filter(isFolder)) unreadable += await walk(folder, onFiles)
  return unreadable
}

/** What systems leave in folders of photos, and nobody wants to add. */
export const isClutter = (name: string): boolean => name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name)

async function walk(folder: FileSystemDirectoryEntry, onFiles: (files: File[]) => void): Promise<number> {
  const reader = folder.createReader()
  const inner: FileSystemDirectoryEntry[] = []
  let unreadable = 0
  // A reader hands out about a hundred entries at a time, and an empty list at the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => {
        // How many there are that cannot be listed nobody knows: one more than none.
        unreadable += 1
        resolve([])
      }),
    )
    if (entries.length === 0) break
    const wanted = entries.filter(({ name }) => !isClutter(name))
    unreadable += await takeFiles(wanted.filter(isFile), onFiles)
    inner.push(...wanted.filter(isFolder))
  }
  for (const each of inner) unreadable += await walk(each, onFiles)
  return unreadable
}

async function takeFiles(entries: readonly FileSystemFileEntry[], onFiles: (files: File[]) => void): Promise<number> {
  const open = (entry: FileSystemFileEntry) =>
    new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)))
  const files = (await Promise.all(entries.map(open))).filter((file) => file !== null)
  if (files.length > 0) onFiles(files)
  return entries.length - files.length
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
