// Coming in: signing up and in, codes, what was forgotten, terms, and the doors that are shut.
import type { Page } from 'playwright-core'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { bothWidths, otherWay, type Screen } from '../screen.ts'
import { answerWith, inTurn, press, refuseWith, see, type } from '../steps.ts'
import { emailOf, people } from '../world/people.ts'

const signUpAs = (email: string) =>
  inTurn(
    type('Name', 'Iris'),
    type('Email', email),
    type('Password', 'a few plain words'),
    type('Password again', 'a few plain words'),
    (page) => page.getByRole('checkbox').check(),
    press('Create account'),
    see('Check your mail'),
  )

/** A code that is on its way to somebody. Nothing is mailed: so many to one address would be refused. */
const sent = { verificationId: numberedId('verification', 1), email: 'iris@example.org' }

const enterCode = (page: Page) => page.getByLabel('Six-digit code').fill('000000')

const terms = { route: '/terms', see: 'In force since', isWhole: true } as const

export const enteringRows: readonly Screen[] = [
  { name: 'sign-in', route: '/sign-in', see: 'Welcome back', views: bothWidths },
  {
    ...{ name: 'sign-in-refused', route: '/sign-in', see: 'Welcome back', views: ['phone-dark'] },
    prepare: refuseWith('account.signIn', { code: 'wrong_credentials' }, 401),
    show: inTurn(type('Email', 'iris@example.org'), type('Password', 'not this one'), press('Sign in'), (page) =>
      page.getByRole('alert').waitFor(),
    ),
  },
  {
    ...{ name: 'sign-in-code', route: '/sign-in/code', see: 'Use another address', views: otherWay },
    prepare: (page, { siteOrigin }) => goByForm(page, `${siteOrigin}/sign-in`, press('Email me a code instead')),
  },
  {
    ...{ name: 'sign-in-code-wrong', route: '/sign-in/code', see: 'Use another address' },
    prepare: async (page, { siteOrigin }) => {
      await refuseWith('account.signInWithCode', { code: 'wrong_code', triesLeft: 4 }, 422)(page)
      await goByForm(page, `${siteOrigin}/sign-in`, press('Email me a code instead'))
    },
    show: inTurn(enterCode, see('are left')),
  },
  { name: 'forgot', route: '/sign-in/forgot', see: 'Reset your password', views: bothWidths },
  {
    ...{ name: 'reset', route: '/sign-in/reset', see: 'New password again', views: otherWay },
    prepare: (page, { siteOrigin }) => goByForm(page, `${siteOrigin}/sign-in/forgot`, press('Send the code')),
  },
  { name: 'sign-up', route: '/sign-up', see: 'Create your account', views: bothWidths, isWhole: true },
  {
    ...{ name: 'sign-up-refused', route: '/sign-up', see: 'Create your account', views: ['phone-dark'], isWhole: true },
    show: inTurn(press('Create account'), see('Enter your name.')),
  },
  {
    ...{ name: 'sign-up-code', route: '/sign-up/code', see: 'Check your mail', views: ['desktop-dark'] },
    prepare: async (page, { siteOrigin }) => {
      await answerWith('account.signUp', sent)(page)
      await page.goto(`${siteOrigin}/sign-up`)
      await signUpAs('iris@example.org')(page)
    },
  },
  { name: 'undo', route: '/undo', search: `#${'a'.repeat(43)}`, see: 'This was not me', views: otherWay },
  { name: 'undo-broken', route: '/undo', see: 'This link is not whole', isForAxeOnly: true },
  {
    ...{ name: 'banned', route: '/banned', see: 'This account is banned', views: bothWidths },
    prepare: async (page, { siteOrigin }) => {
      const state = { ban: { reason: 'Insults, again and again.', endsAt: null }, email: emailOf('finn') }
      await page.goto(`${siteOrigin}/banned`)
      await page.evaluate((kept) => history.replaceState(kept, ''), state)
    },
  },
  { name: 'appeal', route: '/appeal', see: 'If you were banned', views: otherWay },
  {
    ...{ name: 'appeal-text', route: '/appeal', see: 'If you were banned', views: ['phone-dark'] },
    prepare: answerWith('appeals.requestCode', sent),
    show: inTurn(
      type('Email', emailOf('finn')),
      press('Send the code'),
      press('Send the appeal'),
      see('Write what the moderator should know.'),
    ),
  },
  {
    ...{ name: 'appeal-item', route: '/appeal', as: 'ada', see: 'Appeal for your item' },
    search: '?item=med_01990000-0000-7000-8000-000000000000',
    isForAxeOnly: true,
  },
  { ...terms, name: 'terms', views: bothWidths },
  { ...terms, name: 'privacy', route: '/privacy', views: otherWay },
  {
    ...{ name: 'terms-changed', route: '/you', as: 'deniz', see: people.deniz.name },
    prepare: refuseWith('account.editProfile', { code: 'terms_not_accepted' }),
    show: inTurn(press('Edit'), type('Name', 'Deniz'), press('Save'), see('Our terms have changed')),
  },
  { name: 'warning', route: '/', as: 'wren', see: 'A moderator wrote to you', views: ['phone-dark'] },
]

/** Where codes are entered only opens to somebody whom one was sent. */
async function goByForm(page: Page, address: string, send: (page: Page) => Promise<void>): Promise<void> {
  for (const name of ['account.requestSignInCode', 'account.requestReset']) await answerWith(name, sent)(page)
  await page.goto(address)
  await type('Email', 'iris@example.org')(page)
  await send(page)
  await page.getByLabel('Six-digit code').waitFor()
}
