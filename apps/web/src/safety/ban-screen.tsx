// What somebody sees who is banned and has shown who they are: why, until when, and how to appeal.
import { A, useLocation } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import type { BannedState } from '../session/banned-page.ts'
import { FormFrame } from '../session/form-frame.tsx'
import { useTitle } from '../ui/use-title.ts'
import { appealWords } from '../words/appeal-words.ts'

export function BanScreen(): JSX.Element {
  const location = useLocation<Partial<BannedState>>()
  useTitle(() => appealWords.bannedTitle)
  return (
    <FormFrame title={appealWords.bannedTitle} lead={appealWords.bannedLead}>
      <Show when={location.state?.ban} fallback={<p>{appealWords.bannedMail}</p>}>
        {(ban) => (
          <dl class="flex flex-col gap-4 rounded-box border border-line bg-raised px-4 py-4">
            <div>
              <dt class="text-sm text-soft">{appealWords.reason}</dt>
              <dd class="wrap-anywhere">{ban().reason}</dd>
            </div>
            <div>
              <dt class="text-sm text-soft">{appealWords.ends}</dt>
              <dd>{appealWords.until(ban().endsAt)}</dd>
            </div>
          </dl>
        )}
      </Show>
      <div class="flex flex-col gap-3">
        <A class="button button-main min-h-12" href="/appeal" state={{ email: location.state?.email ?? '' }}>
          {appealWords.appeal}
        </A>
        <A class="button button-quiet min-h-12" href="/">
          {appealWords.toFeed}
        </A>
      </div>
    </FormFrame>
  )
}
