// What each mail says.
import { codeLifetimeSeconds, exportDays, undoDays } from '@shoebox/shared/account/codes.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { greet, lay, type Mail, type Paragraph } from './lay-out-mail.ts'
import { writeDay } from './write-day.ts'
import { writeReceipt } from './write-receipt.ts'

export type { Mail }

type Message<T extends MailMessage['template']> = Extract<MailMessage, { template: T }>
type Words = { readonly subject: string; readonly paragraphs: readonly Paragraph[] }

/** @param siteOrigin where the site is, without a slash at the end */
export function composeMail(message: MailMessage, siteOrigin: string): Mail {
  const { subject, paragraphs } = writeWords(message, siteOrigin)
  return lay(subject, [greet(message.name), ...paragraphs])
}

function writeWords(message: MailMessage, siteOrigin: string): Words {
  switch (message.template) {
    case 'verify-sign-up':
    case 'sign-in-code':
    case 'reset-code':
    case 'address-code':
    case 'step-up-code':
    case 'appeal-code':
      return writeCode(message)
    case 'already-signed-up':
    case 'no-account':
    case 'address-taken':
    case 'not-banned':
      return writeWhyNoCode(message.template, siteOrigin)
    case 'password-changed':
    case 'address-changed':
      return writeChange(message, siteOrigin)
    case 'new-device':
      return writeNewDevice(message, siteOrigin)
    case 'banned':
      return writeBan(message, siteOrigin)
    case 'ban-lifted':
      return {
        subject: 'You can use Shoebox again',
        paragraphs: [
          'Your account was closed to you by a moderator, and is open again. Items that were out of sight are back.',
          { link: `${siteOrigin}/sign-in`, label: 'Sign in' },
        ],
      }
    case 'appeal-decided':
      return writeAnswer(message, siteOrigin)
    case 'account-deleted':
      return writeReceipt(message)
    case 'export-ready':
      return {
        subject: 'Your Shoebox data is ready',
        paragraphs: [
          'What you asked for is ready. Sign in and download it from your account:',
          { link: `${siteOrigin}/you/data`, label: 'Your data' },
          `It is removed after ${exportDays} days.`,
        ],
      }
  }
}

const codeMinutes = codeLifetimeSeconds / 60

const codeWords = {
  'verify-sign-up': {
    lead: 'Enter this code where you signed up:',
    otherwise: 'If you did not sign up, do nothing: no account is made without it.',
  },
  'sign-in-code': {
    lead: 'Enter this code where you are signing in:',
    otherwise: 'If you are not signing in, do nothing, and give the code to nobody: it opens your account.',
  },
  'reset-code': {
    lead: 'Enter this code where you are setting a new password:',
    otherwise: 'If you did not ask for it, do nothing, and give the code to nobody: it opens your account.',
  },
  'address-code': {
    lead: 'Enter this code to use this address for your Shoebox account from now on:',
    otherwise: 'If you did not ask for it, do nothing: nothing changes without it.',
  },
  'step-up-code': {
    lead: 'Enter this code to confirm that it is you:',
    otherwise:
      'If you did not ask for it, somebody may be using your account: sign out everywhere and change your password.',
  },
  'appeal-code': {
    lead: 'Enter this code where you are writing your appeal:',
    otherwise: 'If you are not writing one, do nothing: nothing is sent without it.',
  },
} as const

function writeCode(message: Extract<MailMessage, { code: string }>): Words {
  const { lead, otherwise } = codeWords[message.template]
  return {
    subject: `${message.code} is your Shoebox code`,
    paragraphs: [lead, { emphasis: message.code }, `It works once and for ${codeMinutes} minutes. ${otherwise}`],
  }
}

function writeWhyNoCode(
  template: Extract<MailMessage['template'], 'already-signed-up' | 'no-account' | 'address-taken' | 'not-banned'>,
  siteOrigin: string,
): Words {
  const signIn = { link: `${siteOrigin}/sign-in`, label: 'Sign in' }
  const signUp = { link: `${siteOrigin}/sign-up`, label: 'Create an account' }
  switch (template) {
    case 'already-signed-up':
      return {
        subject: 'You already have a Shoebox account',
        paragraphs: [
          'Somebody, perhaps you, asked for a new account with this address. It has one already, so nothing was changed.',
          signIn,
          'If it was not you, do nothing.',
        ],
      }
    case 'no-account':
      return {
        subject: 'There is no Shoebox account for this address',
        paragraphs: [
          'Somebody, perhaps you, asked for a code to get in with this address. It has no account: you may have signed up with another one.',
          signUp,
          'If it was not you, do nothing.',
        ],
      }
    case 'address-taken':
      return {
        subject: 'This address has a Shoebox account',
        paragraphs: [
          'Somebody, perhaps you, wanted to use this address for another account. It belongs to one already, so nothing was changed.',
          signIn,
          'If it was not you, do nothing.',
        ],
      }
    case 'not-banned':
      return {
        subject: 'There is nothing to appeal against',
        paragraphs: [
          'Somebody, perhaps you, wanted to appeal against a ban of this address. It is not banned: you may have used another one.',
          signIn,
          'If it was not you, do nothing.',
        ],
      }
  }
}

function writeChange(message: Message<'password-changed' | 'address-changed'>, siteOrigin: string): Words {
  // Behind the #, so that the token reaches no server's log; the page asks before it spends it.
  const wayBack = { link: `${siteOrigin}/undo#${message.undoToken}`, label: 'This was not me' }
  const isPassword = message.template === 'password-changed'
  return {
    subject: isPassword ? 'Your Shoebox password was changed' : 'Your Shoebox address was changed',
    paragraphs: [
      isPassword
        ? 'The password of your account was changed, and other places were signed out.'
        : 'Your account has another address now. Mail about it no longer goes here.',
      'If you did that, all is well.',
      wayBack,
      `For ${undoDays} days this gives the account back to this address, signs it out everywhere and has you set a new password.`,
    ],
  }
}

function writeNewDevice({ browser, system, country, city, at }: Message<'new-device'>, siteOrigin: string): Words {
  const device = [browser ?? 'an unknown browser', system].filter((name) => name !== null).join(' on ')
  const place = [city, country === null ? null : nameCountry(country)].filter((name) => name !== null).join(', ')
  return {
    subject: 'Your account was opened in a new place',
    paragraphs: [
      'Somebody signed in to your account from a browser that we have not seen before:',
      `${device}${place === '' ? '' : `, near ${place}`}, on ${writeDay(at)} UTC.`,
      'If that was you, all is well. If not, end that session and change your password:',
      { link: `${siteOrigin}/account`, label: 'Your account' },
    ],
  }
}

function writeBan({ reason, endsAt, isNew }: Message<'banned'>, siteOrigin: string): Words {
  const until = endsAt === null ? 'It has no end.' : `It ends by itself on ${writeDay(endsAt)} (UTC).`
  return {
    subject: isNew ? 'Your Shoebox account was closed to you' : 'This address is banned from Shoebox',
    paragraphs: [
      isNew
        ? 'A moderator has banned you. You are signed out everywhere and cannot sign in.'
        : 'Somebody, perhaps you, wanted to get in with this address. It is banned, so nothing was done.',
      `The reason: ${reason}`,
      until,
      'If you think that this is wrong, say so. Another moderator than the one who decided reads it, if there is one:',
      { link: `${siteOrigin}/appeal`, label: 'Appeal' },
    ],
  }
}

function writeAnswer({ subject, outcome, answer }: Message<'appeal-decided'>, siteOrigin: string): Words {
  const granted =
    subject === 'ban'
      ? 'Your appeal was granted: you can sign in again.'
      : 'Your appeal was granted. What was put aside can be seen again; what was removed can be uploaded again.'
  const denied =
    subject === 'ban'
      ? 'Your appeal was denied: the ban stays.'
      : 'Your appeal was denied: the item stays out of sight.'
  const isGranted = outcome === 'granted'
  return {
    subject: isGranted ? 'Your appeal was granted' : 'Your appeal was denied',
    paragraphs: [
      isGranted ? granted : denied,
      `The moderator writes: ${answer}`,
      ...(isGranted ? [{ link: `${siteOrigin}/sign-in`, label: 'Sign in' }] : []),
    ],
  }
}

/** The name of a country, or its letters where they name none. */
function nameCountry(country: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country
  } catch {
    return country
  }
}
