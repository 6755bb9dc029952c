import { expect, test } from 'vitest'
import { createSignal } from 'solid-js'
import type { VerificationId } from '@shoebox/shared/ids.ts'
import { need, show, type } from '../../test/render.tsx'
import { refusalSentences } from '../words/en-refusals.ts'
import { CodeForm } from './code-form.tsx'
import type { SentCode } from './pending-code.ts'

const refused = (code: string) => Object.assign(new Error(code), { data: { refusal: { code } } })

type Wish = { readonly isReady?: () => boolean; readonly ageMs?: number }

/** A form whose codes are answered as `answer` says. */
function open(answer: (code: string) => Promise<void>, { isReady, ageMs = 0 }: Wish = {}) {
  const entered: string[] = []
  const [sent, setSent] = createSignal<SentCode>({
    verificationId: 'ver_01990000-0000-7000-8000-000000000000' as VerificationId,
    email: 'ada@example.org',
    sentAtMs: Date.now() - ageMs,
  })
  const page = show(() => (
    <CodeForm
      sent={sent()}
      onResent={(sentAtMs) => setSent({ ...sent(), sentAtMs })}
      enter={(code) => {
        entered.push(code)
        return answer(code)
      }}
      {...(isReady === undefined ? {} : { isReady })}
    />
  ))
  const field = need<HTMLInputElement>(page, '[name=code]')
  return {
    page,
    field,
    entered,
    says: () => need(page, '[role=alert]').textContent ?? '',
    resendButton: () => need<HTMLButtonElement>(page, 'button[type=button]'),
  }
}

test('a code is sent as soon as it is whole, typed or pasted as "123 456"', () => {
  const { field, entered } = open(() => Promise.resolve())
  type(field, '123')
  expect(entered).toEqual([])
  type(field, ' 123 456 ')
  expect(field.value).toBe('123456')
  expect(entered).toEqual(['123456'])
})

test('with further fields nothing is sent before the button, nor while they are wrong', () => {
  let isReady = false
  const { page, field, entered } = open(() => Promise.resolve(), { isReady: () => isReady })
  type(field, '123456')
  need<HTMLButtonElement>(page, 'button[type=submit]').click()
  expect(entered).toEqual([])
  isReady = true
  need<HTMLButtonElement>(page, 'button[type=submit]').click()
  expect(entered).toEqual(['123456'])
})

test('a wrong code says so and how many tries are left; after the fifth only a new code is offered', async () => {
  const { page, field, says } = open(() => Promise.reject(refused('wrong_code')))
  for (const left of ['4 tries are left', '3 tries are left', '2 tries are left', 'One try is left']) {
    type(field, '000000')
    await expect.poll(says).toContain(left)
    expect(says()).toContain(refusalSentences.wrong_code.sentence)
  }
  type(field, '000000')
  await expect.poll(says).toBe('This code no longer works. Send a new one.')
  expect(page.querySelector('button[type=submit]')).toBeNull()
})

test('a code that is ten minutes old is over without being tried', () => {
  const { page, says, resendButton } = open(() => Promise.resolve(), { ageMs: 10 * 60_000 })
  expect(says()).toBe('This code no longer works. Send a new one.')
  expect(page.querySelector('button[type=submit]')).toBeNull()
  expect(resendButton().disabled).toBe(false)
})

test('a new code is offered once the mail had half a minute', () => {
  const { resendButton: early } = open(() => Promise.resolve())
  expect(early().disabled).toBe(true)
  expect(early().textContent).toContain('Send a new code in')
  const { resendButton: late } = open(() => Promise.resolve(), { ageMs: 30_000 })
  expect(late().disabled).toBe(false)
})

test('too many wrong codes from this network is told with the time to wait', async () => {
  const { field, says } = open(() =>
    Promise.reject(Object.assign(new Error(), { data: { refusal: { code: 'rate_limited', retryAfterSeconds: 60 } } })),
  )
  type(field, '123456')
  await expect.poll(says).toContain('Try again in 60 seconds.')
})
