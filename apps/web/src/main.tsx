import { render } from 'solid-js/web'
import { App } from './app.tsx'
import './styles.css'
import { mayReload } from './ui/may-reload.ts'
import { loadTranslation } from './words/translation.ts'
import { speakTranslated } from './words/words.ts'

// After a deployment an open page may ask for a chunk that is gone and was not kept: load the new page, once for each
// version, and never while that would lose something. Else the screen says that it did not load.
addEventListener('vite:preloadError', (event) => {
  const version = import.meta.url
  if (!navigator.onLine || !mayReload() || sessionStorage.getItem('shoebox.reloaded') === version) return
  sessionStorage.setItem('shoebox.reloaded', version)
  event.preventDefault()
  location.reload()
})

const root = document.getElementById('app')
const start = () => root !== null && render(() => <App />, root)
const translating = loadTranslation()
if (translating === null) start()
else void translating.then(speakTranslated).then(start)

/** By then the first pictures are there and shown. Milliseconds after the page has loaded. */
const keepAfterMs = 3000
addEventListener('load', () =>
  setTimeout(() => {
    // Without it pictures are loaded again, and nothing else.
    void import('./pictures/keep-pictures.ts').then(({ keepPictures }) => keepPictures()).catch(() => undefined)
  }, keepAfterMs),
)
