import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { groupDescriptionCharactersMax, groupNameCharactersMax } from '@shoebox/shared/groups/policies.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'

export const judgeGroupName = (name: string): string | undefined =>
  name.trim() === ''
    ? groupWords.nameNeeded
    : Array.from(name.trim()).length > groupNameCharactersMax
      ? groupWords.nameTooLong
      : undefined

export const judgeDescription = (text: string): string | undefined =>
  Array.from(text.trim()).length > groupDescriptionCharactersMax ? groupWords.descriptionTooLong : undefined

export function NewGroupSheet(props: { onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const [fields, setFields] = createStore({ name: '', description: '' })
  const [errors, setErrors] = createStore<{ name?: string | undefined; description?: string | undefined }>({})
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)

  const create = async (event: SubmitEvent) => {
    event.preventDefault()
    setErrors({ name: judgeGroupName(fields.name), description: judgeDescription(fields.description) })
    if (errors.name !== undefined || errors.description !== undefined) return
    setBusy(true)
    setAlert(undefined)
    try {
      const name = fields.name.trim()
      const { groupId } = await api.groups.create.mutate({ name, description: fields.description.trim() })
      void queryClient.invalidateQueries({ queryKey: api.groups.mine.key() })
      showToast(groupWords.created(name))
      navigate(`/g/${groupId}`)
    } catch (error) {
      setAlert(sentenceForError(error))
      setBusy(false)
    }
  }

  return (
    <Sheet title={groupWords.newGroup} onClose={props.onClose}>
      <form class="flex flex-col gap-4" novalidate onSubmit={create}>
        <FormAlert text={alert()} />
        <TextField
          label={groupWords.name}
          name="group"
          autocomplete="off"
          value={fields.name}
          onInput={(value) => setFields('name', value)}
          error={errors.name}
        />
        <TextArea
          label={groupWords.description}
          value={fields.description}
          onInput={(value) => setFields('description', value)}
          hint={groupWords.descriptionHint}
          error={errors.description}
        />
        <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
          {isBusy() ? screenWords.account.working : groupWords.create}
        </button>
      </form>
    </Sheet>
  )
}
