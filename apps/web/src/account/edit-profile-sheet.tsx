import { createSignal, untrack, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { normalisePhone } from '@shoebox/shared/account/normalise-phone.ts'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { judgeName } from '../session/judge-form.ts'
import { Sheet } from '../ui/sheet.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { renewProfile, type Profile } from './profile-query.ts'

type Errors = { name?: string | undefined; phone?: string | undefined }

/** What somebody says about themselves. */
export function EditProfileSheet(props: { profile: Profile; onClose: () => void }): JSX.Element {
  const { session } = useShoebox()
  const [fields, setFields] = createStore(
    untrack(() => ({ name: props.profile.name, phone: props.profile.phone ?? '' })),
  )
  const [errors, setErrors] = createStore<Errors>({})
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  let form: HTMLFormElement | undefined

  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    const name = fields.name.trim()
    const phone = fields.phone.trim()
    setErrors({
      name: judgeName(name),
      phone: phone === '' || normalisePhone(phone) !== null ? undefined : accountWords.badPhone,
    })
    setAlert(undefined)
    const wrong = (['name', 'phone'] as const).find((field) => errors[field] !== undefined)
    if (wrong !== undefined) return form?.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus()
    setBusy(true)
    try {
      await api.account.editProfile.mutate({ name, phone: phone === '' ? null : phone })
      session.change({ name })
      await renewProfile()
      showToast(accountWords.saved)
      props.onClose()
    } catch (error) {
      setAlert(sentenceForError(error))
      setBusy(false)
    }
  }

  return (
    <Sheet title={accountWords.editProfile} onClose={props.onClose}>
      <form ref={(element) => (form = element)} class="flex flex-col gap-4" novalidate onSubmit={save}>
        <FormAlert text={alert()} />
        <TextField
          label={accountWords.name}
          name="name"
          autocomplete="name"
          hint={accountWords.nameHint}
          value={fields.name}
          onInput={(value) => setFields('name', value)}
          error={errors.name}
        />
        <TextField
          label={accountWords.phone}
          name="phone"
          autocomplete="tel"
          hint={accountWords.phoneHint}
          value={fields.phone}
          onInput={(value) => setFields('phone', value)}
          error={errors.phone}
        />
        <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
          {isBusy() ? screenWords.account.working : accountWords.save}
        </button>
      </form>
    </Sheet>
  )
}
