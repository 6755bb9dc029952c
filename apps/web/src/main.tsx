import { render } from 'solid-js/web'
import { App } from './app.tsx'
import './styles.css'
import { loadTranslation } from './words/translation.ts'
import { speakTranslated } from './words/words.ts'

// After a deployment an open page may ask for a chunk that is gone: load the new page, once.
addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem('shoebox.reloaded') !== null) return
  sessionStorage.setItem('shoebox.reloaded', '1')
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
