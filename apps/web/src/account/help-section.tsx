import { A } from '@solidjs/router'
import { type JSX } from 'solid-js'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { Section } from './own-screen.tsx'

/** Whoever runs a site reads the mail of its `support@`. */
const supportAddress = `support@${location.hostname}`

export function HelpSection(): JSX.Element {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(supportAddress)
      showToast(accountWords.help.copied)
    } catch {
      showToast(accountWords.help.notCopied)
    }
  }
  return (
    <Section title={accountWords.help.title}>
      <p class="text-soft">{accountWords.help.lead}</p>
      <p class="flex flex-wrap items-center gap-x-4 gap-y-2">
        <a class="link-alone wrap-anywhere" href={`mailto:${supportAddress}`}>
          {supportAddress}
        </a>
        <button type="button" class="button button-quiet" onClick={() => void copy()}>
          {accountWords.help.copy}
        </button>
      </p>
      <p class="flex flex-wrap gap-x-5">
        <A class="link-alone" href="/terms">
          {accountWords.terms.title}
        </A>
        <A class="link-alone" href="/privacy">
          {accountWords.terms.privacyTitle}
        </A>
        <A class="link-alone" href="/health">
          {accountWords.help.health}
        </A>
      </p>
    </Section>
  )
}
