import { For, Show, type JSX } from 'solid-js'
import type { TermsSection } from '@shoebox/shared/account/terms.ts'
import { termsWords } from '../words/terms-words.ts'

export const TermsText = (): JSX.Element => <Sections sections={termsWords.termsOfUse} />
export const PrivacyText = (): JSX.Element => <Sections sections={termsWords.privacyNotice} />

/** Before the texts, once, where they are translated. */
export const WhichTextDecides = (): JSX.Element => (
  <Show when={termsWords.translation}>{(translation) => <p class="text-soft">{translation().decides}</p>}</Show>
)

function Sections(props: { sections: readonly TermsSection[] }): JSX.Element {
  return (
    <For each={props.sections}>
      {(section) => (
        <section class="flex flex-col gap-2">
          <h2 class="text-lg font-semibold">{section.title}</h2>
          <For each={section.paragraphs}>{(text) => <p>{text}</p>}</For>
        </section>
      )}
    </For>
  )
}
