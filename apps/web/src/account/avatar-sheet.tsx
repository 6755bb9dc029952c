// Choosing one's picture: pick, cut to a square, send, wait until it has been looked at. Or have none.
import { createSignal, onCleanup, Show, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { hashBlob } from '../upload/hash-blob.ts'
import { createPutFile } from '../upload/put-file.ts'
import { sleep } from '../upload/sleep.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError, sentenceForRefusal } from '../words/words.ts'
import { CropStage } from './crop-stage.tsx'
import { renewProfile, type Profile } from './profile-query.ts'
import { sendAvatar, type AvatarOutcome } from './send-avatar.ts'
import { drawCrop, sideOf, startCrop, type Crop } from './square-crop.ts'

const words = accountWords.avatar

/** Twice what the largest avatar on a screen needs. */
const sideMaxPx = 1024

type Cut = { readonly picture: ImageBitmap; readonly crop: Crop }

export function AvatarSheet(props: { profile: Profile; onClose: () => void }): JSX.Element {
  const [cut, setCut] = createSignal<Cut>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const leaving = new AbortController()
  onCleanup(() => {
    leaving.abort()
    cut()?.picture.close()
  })

  const take = async (file: File) => {
    setAlert(undefined)
    try {
      const picture = await createImageBitmap(file)
      cut()?.picture.close()
      setCut({ picture, crop: startCrop(picture) })
    } catch {
      setAlert(words.unreadable)
    }
  }
  const change = async (work: () => Promise<string | null>, done: string) => {
    setBusy(true)
    setAlert(undefined)
    try {
      const problem = await work()
      if (leaving.signal.aborted) return
      if (problem !== null) return setAlert(problem)
      await renewProfile()
      showToast(done)
      props.onClose()
    } catch (error) {
      setAlert(sentenceForError(error))
    } finally {
      setBusy(false)
    }
  }
  const save = (chosen: Cut) => change(async () => explain(await send(chosen, leaving.signal)), words.saved)
  const remove = () =>
    change(async () => {
      await api.account.setAvatar.mutate({ mediaId: null })
      return null
    }, words.removed)

  return (
    <Sheet title={words.title} onClose={props.onClose}>
      <div class="flex flex-col gap-4">
        <FormAlert text={alert()} />
        <Show
          when={cut()}
          fallback={
            <span class="self-center">
              <Avatar name={props.profile.name} avatar={props.profile.avatar} sizePx={160} />
            </span>
          }
        >
          {(shown) => (
            <CropStage
              picture={shown().picture}
              crop={shown().crop}
              onCrop={(crop) => setCut({ picture: shown().picture, crop })}
            />
          )}
        </Show>
        <Show when={cut()}>
          {(shown) => (
            <button
              type="button"
              class="button button-main min-h-12"
              disabled={isBusy()}
              onClick={() => void save(shown())}
            >
              {isBusy() ? words.sending : words.save}
            </button>
          )}
        </Show>
        <PictureInput isFirst={cut() === undefined} isBusy={isBusy()} onPick={(file) => void take(file)} />
        <Show when={props.profile.avatar !== null && cut() === undefined}>
          <button type="button" class="button button-quiet min-h-12" disabled={isBusy()} onClick={() => void remove()}>
            {words.remove}
          </button>
        </Show>
      </div>
    </Sheet>
  )
}

function PictureInput(props: { isFirst: boolean; isBusy: boolean; onPick: (file: File) => void }): JSX.Element {
  let input: HTMLInputElement | undefined
  return (
    <>
      <button
        type="button"
        class="button min-h-12"
        classList={{ 'button-main': props.isFirst, 'button-quiet': !props.isFirst }}
        disabled={props.isBusy}
        onClick={() => input?.click()}
      >
        {props.isFirst ? words.pick : words.pickOther}
      </button>
      <input
        ref={(element) => (input = element)}
        type="file"
        hidden
        accept="image/*"
        data-avatar
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file !== undefined) props.onPick(file)
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

async function send({ picture, crop }: Cut, signal: AbortSignal): Promise<AvatarOutcome> {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.round(Math.min(sideMaxPx, sideOf(picture, crop)))
  drawCrop(canvas, picture, crop)
  const square = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
  if (square === null) throw new Error('the browser did not make a picture of the canvas')
  return sendAvatar(
    {
      begin: (file) => api.account.beginAvatar.mutate(file),
      put: createPutFile(sleep),
      watch: async (mediaId) => (await api.uploads.watch.query({ mediaIds: [mediaId] })).items[0],
      set: (mediaId) => api.account.setAvatar.mutate({ mediaId }),
      hash: hashBlob,
      sleep: (ms) => sleep(ms, signal),
    },
    square,
    signal,
  )
}

function explain(outcome: AvatarOutcome): string | null {
  if (outcome.type === 'set') return null
  if (outcome.type === 'refused' && outcome.code !== null) return sentenceForRefusal({ code: outcome.code })
  return outcome.type === 'slow' ? words.slow : words.notSent
}
