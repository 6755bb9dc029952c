import type { JSX } from 'solid-js'
import { screenWords } from '../words/screen-words.ts'
import { Notice } from './notice.tsx'
import { useTitle } from './use-title.ts'

export function NotHereScreen(): JSX.Element {
  useTitle(() => screenWords.notHere.title)
  return (
    <Notice icon="image" title={screenWords.notHere.title} text={screenWords.notHere.text} isPage>
      <a class="button button-main" href="/">
        {screenWords.notHere.toFeed}
      </a>
    </Notice>
  )
}
