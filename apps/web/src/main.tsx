import { render } from 'solid-js/web'
import { App } from './app.tsx'
import './styles.css'
import { reloadOnce } from './ui/may-reload.ts'
import { spokenLanguage, withWords } from './words/translation.ts'

addEventListener('vite:preloadError', (event) => reloadOnce(import.meta.url) && event.preventDefault())

const root = document.getElementById('app')
void withWords(Promise.resolve()).then(() => {
  const language = spokenLanguage()
  document.documentElement.lang = language
  // What an installed Shoebox is described with: a file of its own in each language but English.
  if (language !== 'en')
    document.querySelector('link[rel=manifest]')?.setAttribute('href', `/manifest.${language}.webmanifest`)
  if (root !== null) render(() => <App />, root)
})

/** By then the first pictures are there and shown. Milliseconds after the page has loaded. */
const keepAfterMs = 3000
addEventListener('load', () =>
  setTimeout(() => {
    // Without it pictures are loaded again, and nothing else.
    void withWords(import('./pictures/keep-pictures.ts'))
      .then(({ keepPictures }) => keepPictures())
      .catch(() => undefined)
  }, keepAfterMs),
)
