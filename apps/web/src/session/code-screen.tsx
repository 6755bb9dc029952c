// The pages on which a code from a mail is entered: to begin an account, to sign in.
import { A, Navigate } from '@solidjs/router'
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { useTitle } from '../ui/use-title.ts'
import { accountWords } from '../words/account-words.ts'
import { useBannedPage } from './banned-page.ts'
import { CodeForm } from './code-form.tsx'
import { FormFrame } from './form-frame.tsx'
import { withNext } from './next-place.ts'
import { readPendingCode, writePendingCode, type CodePage, type SentCode } from './pending-code.ts'
import { useEntering } from './use-entering.ts'
import { useNext } from './use-next.ts'

export const SignUpCodeScreen = (): JSX.Element => (
  <CodeScreen page="sign-up" enter={(input) => api.account.verifySignUp.mutate(input)} sayWelcome />
)

export const SignInCodeScreen = (): JSX.Element => (
  <CodeScreen page="sign-in" enter={(input) => api.account.signInWithCode.mutate(input)} />
)

type CodeScreenProps = {
  page: Extract<CodePage, 'sign-up' | 'sign-in'>
  enter: typeof api.account.signInWithCode.mutate
  sayWelcome?: boolean
}

function CodeScreen(props: CodeScreenProps): JSX.Element {
  const next = useNext()
  const enterAs = useEntering()
  useTitle(() => accountWords.checkTitle)
  const showBan = useBannedPage()
  const enter = async ({ verificationId, email }: SentCode, code: string) => {
    const entered = await props.enter({ verificationId, code }).catch((error: unknown) => {
      if (showBan(error, email)) return null
      throw error
    })
    if (entered === null) return
    const { user } = entered
    enterAs(user, { page: props.page, ...(props.sayWelcome && { text: accountWords.welcome(user.name) }) })
  }
  return (
    <PendingCode page={props.page} otherwise={`/${props.page}`}>
      {(sent, onResent) => (
        <FormFrame title={accountWords.checkTitle} lead={accountWords.checkLead(sent().email)}>
          <CodeForm sent={sent()} onResent={onResent} enter={(code) => enter(sent(), code)} />
          <A class="link-alone -mt-2 self-center" href={withNext(`/${props.page}`, next())}>
            {accountWords.otherAddress}
          </A>
        </FormFrame>
      )}
    </PendingCode>
  )
}

/** What waits for its code in this tab; without one there is nothing to enter here, and the page leads elsewhere. */
export function PendingCode(props: {
  page: CodePage
  otherwise: string
  children: (sent: () => SentCode, onResent: (sentAtMs: number) => void) => JSX.Element
}): JSX.Element {
  const next = useNext()
  const [sent, setSent] = createSignal(untrack(() => readPendingCode(sessionStorage, props.page)))
  const resent = (sentAtMs: number) => {
    const renewed = setSent((former) => former && { ...former, sentAtMs })
    if (renewed !== null) writePendingCode(sessionStorage, props.page, renewed)
  }
  return (
    <Show when={sent()} fallback={<Navigate href={withNext(props.otherwise, next())} />}>
      {(found) => props.children(found, resent)}
    </Show>
  )
}
