import { expect, test } from 'vitest'
import { need, show, type } from '../../test/render.tsx'
import { refusalSentences } from '../words/en-refusals.ts'
import { SignUpScreen } from './sign-up-screen.tsx'

const open = () => {
  const page = show(() => <SignUpScreen />)
  const field = (name: string) => need<HTMLInputElement>(page, `[name=${name}]`)
  const submit = () => need<HTMLButtonElement>(page, 'button[type=submit]').click()
  /** The sentence a field is tied to as its error. */
  const errorOf = (name: string) => {
    const ids = field(name).getAttribute('aria-describedby')?.split(' ') ?? []
    const error = ids.find((id) => id.endsWith('-error'))
    return error === undefined ? null : need(page, `[id="${error}"]`).textContent
  }
  return { page, field, submit, errorOf }
}

test('an empty form says at each field what is missing, and goes to the first', () => {
  const { field, submit, errorOf } = open()
  submit()
  expect(errorOf('name')).toBe('Enter your name.')
  expect(errorOf('email')).toBe('Enter your email address.')
  expect(errorOf('password')).toContain(refusalSentences.password_too_short.sentence)
  expect(field('name').getAttribute('aria-invalid')).toBe('true')
  expect(document.activeElement).toBe(field('name'))
})

test('passwords that differ are refused at the second of them', () => {
  const { field, submit, errorOf } = open()
  type(field('name'), 'Ada')
  type(field('email'), 'ada@example.org')
  type(field('password'), 'a few plain words')
  type(field('confirmPassword'), 'a few plain wards')
  submit()
  expect(errorOf('confirmPassword')).toContain(refusalSentences.passwords_differ.sentence)
  expect(errorOf('password')).toBeNull()
  expect(document.activeElement).toBe(field('confirmPassword'))
})

test('an error goes as soon as it is mended', () => {
  const { field, submit, errorOf } = open()
  submit()
  expect(errorOf('email')).not.toBeNull()
  type(field('email'), 'ada@example.org')
  expect(errorOf('email')).toBeNull()
})

test('the address as a password is refused', () => {
  const { field, submit, errorOf } = open()
  type(field('email'), 'ada.lovelace@example.org')
  type(field('password'), 'ada.lovelace@example.org')
  submit()
  expect(errorOf('password')).toContain(refusalSentences.password_is_address.sentence)
})

test('password managers find the names they know', () => {
  const { field } = open()
  expect(field('email').autocomplete).toBe('username')
  expect(field('password').autocomplete).toBe('new-password')
  expect(field('confirmPassword').autocomplete).toBe('new-password')
})

test('a password can be looked at, and the button says in which state it is', () => {
  const { page, field } = open()
  const eye = need<HTMLButtonElement>(page, 'button[aria-pressed]')
  eye.click()
  expect(field('password').type).toBe('text')
  expect(eye.getAttribute('aria-pressed')).toBe('true')
})
