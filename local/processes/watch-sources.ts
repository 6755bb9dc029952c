// Calls back when source files change, once for a burst of changes. For `npm start`, which reloads what they make.
import { watch, type FSWatcher } from 'node:fs'
import { fileURLToPath } from 'node:url'

const quietMs = 150

/** @param folders relative to the repository */
export function watchSources(folders: readonly string[], onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const watchers: FSWatcher[] = folders.map((folder) =>
    watch(fileURLToPath(new URL(`../../${folder}`, import.meta.url)), { recursive: true }, (_event, name) => {
      if (name?.includes('.test.') === true) return
      clearTimeout(timer)
      timer = setTimeout(onChange, quietMs)
    }),
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
