// The files themselves, as they were added, in zips.
import type { JSX } from 'solid-js'
import { beginDownload } from '../downloads/download-requests.ts'
import { listOwn } from '../downloads/list-items.ts'
import { Icon } from '../ui/icon.tsx'
import { accountWords } from '../words/account-words.ts'
import { Section } from './own-screen.tsx'

const words = accountWords.data

export function OriginalsSection(): JSX.Element {
  return (
    <Section title={words.originalsTitle}>
      <p class="text-soft">{words.originalsWhat}</p>
      <button
        type="button"
        class="button button-quiet self-start"
        onClick={() => beginDownload({ title: words.originalsFile, list: listOwn })}
      >
        <Icon name="download" size={20} />
        {words.originalsSave}
      </button>
    </Section>
  )
}
