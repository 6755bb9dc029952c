import { render } from 'solid-js/web'
import { App } from './app.tsx'
import './styles.css'
import { reloadOnce } from './ui/may-reload.ts'
import { loadTranslation } from './words/translation.ts'
import { speakTranslated } from './words/words.ts'

addEventListener('vite:preloadError', (event) => reloadOnce(import.meta.url) && event.preventDefault())

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
