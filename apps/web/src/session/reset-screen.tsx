import { A } from '@solidjs/router'
import { type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { useTitle } from '../ui/use-title.ts'
import { accountWords } from '../words/account-words.ts'
import { useBannedPage } from './banned-page.ts'
import { CodeForm } from './code-form.tsx'
import { PendingCode } from './code-screen.tsx'
import { FormFrame } from './form-frame.tsx'
import { createNewPassword, NewPasswordFields } from './new-password-fields.tsx'
import { withNext } from './next-place.ts'
import type { SentCode } from './pending-code.ts'
import { useEntering } from './use-entering.ts'
import { useNext } from './use-next.ts'

/** The code and a new password, on one page: the code is spent only with a password that is taken. */
export function ResetScreen(): JSX.Element {
  const next = useNext()
  useTitle(() => accountWords.forgotTitle)
  return (
    <PendingCode page="reset" otherwise="/sign-in/forgot">
      {(sent, onResent) => (
        <FormFrame title={accountWords.forgotTitle} lead={accountWords.resetLead(sent().email)}>
          <ResetForm sent={sent()} onResent={onResent} />
          <A class="link-alone -mt-2 self-center" href={withNext('/sign-in/forgot', next())}>
            {accountWords.otherAddress}
          </A>
        </FormFrame>
      )}
    </PendingCode>
  )
}

function ResetForm(props: { sent: SentCode; onResent: (sentAtMs: number) => void }): JSX.Element {
  const enterAs = useEntering()
  const showBan = useBannedPage()
  const password = createNewPassword(() => props.sent.email)
  let fields: HTMLDivElement | undefined
  const focus = (name: string) => fields?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus()

  const reset = async (code: string) => {
    try {
      const { verificationId } = props.sent
      const { user } = await api.account.reset.mutate({ verificationId, code, ...password.values() })
      enterAs(user, { page: 'reset', text: accountWords.wasReset })
    } catch (error) {
      if (showBan(error, props.sent.email)) return
      if (!password.refuse(error)) throw error
      focus(password.errors.password === undefined ? 'confirmPassword' : 'password')
    }
  }

  return (
    <CodeForm
      sent={props.sent}
      onResent={props.onResent}
      enter={reset}
      confirmText={accountWords.setPassword}
      isReady={() => {
        const wrong = password.findWrong()
        if (wrong !== null) focus(wrong)
        return wrong === null
      }}
    >
      <div ref={(element) => (fields = element)} class="flex flex-col gap-4">
        <NewPasswordFields entry={password} />
      </div>
    </CodeForm>
  )
}
