// What the page says of refusals is loaded lazily; tests of what it says begin with it.
import { loadSentences } from '../src/words/words.ts'

await loadSentences()
