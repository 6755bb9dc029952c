import { expect, test } from 'vitest'
import { need, show, type } from '../../test/render.tsx'
import type { User } from '../session/session.ts'
import { refusalSentences } from '../words/en-refusals.ts'
import { PasswordForm } from './password-section.tsx'

const user = {
  id: 'usr_01990000-0000-7000-8000-000000000001' as User['id'],
  name: 'Ada',
  email: 'ada.lovelace@example.org',
} satisfies User

function open() {
  const done: string[] = []
  const page = show(() => <PasswordForm user={user} onDone={() => done.push('done')} />)
  const field = (name: string) => need<HTMLInputElement>(page, `[name=${name}]`)
  return {
    page,
    done,
    field,
    submit: () => need<HTMLButtonElement>(page, 'button[type=submit]').click(),
    isWrong: (name: string) => field(name).getAttribute('aria-invalid') === 'true',
  }
}

test('the present password is asked for first', () => {
  const { field, submit, isWrong, done } = open()
  type(field('password'), 'a few plain words')
  type(field('confirmPassword'), 'a few plain words')
  submit()
  expect(isWrong('currentPassword')).toBe(true)
  expect(isWrong('password')).toBe(false)
  expect(document.activeElement).toBe(field('currentPassword'))
  expect(done).toEqual([])
})

test('a new password is held to what the API will hold it to, for the address it is for', () => {
  const { page, field, submit, isWrong } = open()
  type(field('currentPassword'), 'what it was')
  type(field('password'), user.email)
  type(field('confirmPassword'), `${user.email}!`)
  submit()
  expect(isWrong('password')).toBe(true)
  expect(page.textContent).toContain(refusalSentences.password_is_address.sentence)
  expect(isWrong('confirmPassword')).toBe(true)
  expect(document.activeElement).toBe(field('password'))
})

test('password managers learn whose password changes, and which of the three is which', () => {
  const { page, field } = open()
  expect(need<HTMLInputElement>(page, '[autocomplete=username]').value).toBe(user.email)
  expect(field('currentPassword').autocomplete).toBe('current-password')
  expect(field('password').autocomplete).toBe('new-password')
  expect(field('confirmPassword').autocomplete).toBe('new-password')
})
