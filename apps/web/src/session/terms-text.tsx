import { For, type JSX } from 'solid-js'
import { privacyNotice, termsOfUse, type TermsSection } from '@shoebox/shared/account/terms.ts'

export const TermsText = (): JSX.Element => <Sections sections={termsOfUse} />
export const PrivacyText = (): JSX.Element => <Sections sections={privacyNotice} />

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
