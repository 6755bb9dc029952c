// Entering a code: what was typed, how many tries are left, and when only a new code helps.
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { codeAttemptsMax, codeDigits, codeLifetimeSeconds } from '@shoebox/shared/account/codes.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError } from '../words/words.ts'
import type { SentCode } from './pending-code.ts'

type CodeEntryOptions = {
  readonly sent: Accessor<SentCode>
  /** Rejects with what the API refused. */
  readonly enter: (code: string) => Promise<void>
  readonly nowMs: () => number
}

export type CodeEntry = ReturnType<typeof createCodeEntry>

/** What people type or paste, "123 456" say, as digits. */
export const readDigits = (text: string): string => text.replace(/\D/g, '').slice(0, codeDigits)

export function createCodeEntry({ sent, enter, nowMs }: CodeEntryOptions) {
  const [code, setCode] = createSignal('')
  const [error, setError] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const [isSpent, setSpent] = createSignal(false)
  const [now, setNow] = createSignal(nowMs())
  let tries = 0
  const timer = setInterval(() => setNow(nowMs()), 1000)
  onCleanup(() => clearInterval(timer))

  const explain = (failure: unknown) => {
    if (isRefusedWith(failure, 'code_spent') || isRefusedWith(failure, 'not_found')) return setSpent(true)
    if (!isRefusedWith(failure, 'wrong_code')) return setError(sentenceForError(failure))
    tries += 1
    const left = codeAttemptsMax - tries
    if (left <= 0) setSpent(true)
    setError(`${sentenceForError(failure)} ${left > 0 ? accountWords.triesLeft(left) : ''}`.trim())
  }

  return {
    code,
    error,
    isBusy,
    /** Only a new one helps: this one was used up, or is too old. */
    isOver: () => isSpent() || now() >= sent().sentAtMs + codeLifetimeSeconds * 1000,
    type(text: string): void {
      setCode(readDigits(text))
      setError(undefined)
    },
    isWhole: () => code().length === codeDigits,
    async confirm(): Promise<void> {
      if (isBusy()) return
      if (code().length < codeDigits) return void setError(accountWords.enterCode)
      setBusy(true)
      try {
        await enter(code())
      } catch (failure) {
        explain(failure)
      } finally {
        setBusy(false)
      }
    },
    /** A new code is on its way: it brings tries of its own. */
    renew(): void {
      tries = 0
      setSpent(false)
      setError(undefined)
      setCode('')
    },
  }
}
