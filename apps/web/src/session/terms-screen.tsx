import { A } from '@solidjs/router'
import { type JSX } from 'solid-js'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { useTitle } from '../ui/use-title.ts'
import { accountWords } from '../words/account-words.ts'
import { PrivacyText, TermsText, WhichTextDecides } from './terms-text.tsx'

const words = accountWords.terms

export const TermsScreen = (): JSX.Element => (
  <TextPage title={words.title} other={{ href: '/privacy', text: words.toPrivacy }}>
    <TermsText />
  </TextPage>
)

export const PrivacyScreen = (): JSX.Element => (
  <TextPage title={words.privacyTitle} other={{ href: '/terms', text: words.toTerms }}>
    <PrivacyText />
  </TextPage>
)

type TextPageProps = { title: string; other: { href: string; text: string }; children: JSX.Element }

/** Text to be read: large enough, and no wider than lines can be followed. */
function TextPage(props: TextPageProps): JSX.Element {
  useTitle(() => props.title)
  return (
    <article class="fade mx-auto flex max-w-160 flex-col gap-7 px-5 pt-8 pb-16 text-base wide:pt-16">
      <header class="flex flex-col gap-1">
        <h1 class="text-[1.75rem] leading-tight font-semibold tracking-tight">{props.title}</h1>
        <p class="text-soft">{words.since(termsVersion)}</p>
        <WhichTextDecides />
      </header>
      {props.children}
      <A class="link-alone self-start" href={props.other.href}>
        {props.other.text}
      </A>
    </article>
  )
}
