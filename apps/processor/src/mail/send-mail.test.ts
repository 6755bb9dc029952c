import { describe, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { composeMail, type Mail } from './compose-mail.ts'
import { sendMail } from './send-mail.ts'

const signUp = { version: 1, template: 'verify-sign-up', to: 'ann@example.org', name: 'Ann', code: '042137' } as const
const again = { version: 1, template: 'already-signed-up', to: 'ann@example.org', name: 'Ann' } as const
const site = 'https://shoebox.example'

function start() {
  const sent: { to: string; mail: Mail }[] = []
  const lines: string[] = []
  const deps = {
    siteOrigin: site,
    deliver: async (to: string, mail: Mail) => `ses-${sent.push({ to, mail })}`,
    findSuppression: async (): Promise<string | null> => null,
    log: createLog('mail', (line) => lines.push(line)),
  }
  return { sent, lines, deps }
}

test('mails the code to the address, and nothing of either to the log', async () => {
  const { sent, lines, deps } = start()
  await sendMail(deps, JSON.stringify(signUp))
  expect(sent).toMatchObject([{ to: 'ann@example.org', mail: { subject: '042137 is your Shoebox code' } }])
  expect(sent[0]?.mail.text).toContain('042137')
  expect(sent[0]?.mail.html).toContain('042137')
  expect(lines.join('')).toContain('verify-sign-up')
  expect(lines.join('')).not.toMatch(/042137|ann@/)
})

test('mails nothing to an address that sends mail back', async () => {
  const { sent, lines, deps } = start()
  await sendMail({ ...deps, findSuppression: async () => 'bounce' }, JSON.stringify(signUp))
  expect(sent).toEqual([])
  expect(lines.join('')).toContain('mail_suppressed')
})

test('mails the code although the database cannot be asked', async () => {
  const { sent, deps } = start()
  await sendMail({ ...deps, findSuppression: () => Promise.reject(new Error('no database')) }, JSON.stringify(signUp))
  expect(sent).toHaveLength(1)
})

test('tells the owner of an account where to sign in, without a code', () => {
  const { text, html } = composeMail(again, site)
  expect(text).toContain(`${site}/sign-in`)
  expect(html).toContain(`href="${site}/sign-in"`)
})

test.each([
  ['not JSON', '{"code":"042137"'],
  ['no address', JSON.stringify({ ...signUp, to: 'nobody' })],
  ['no code', JSON.stringify({ ...signUp, code: '042137 or so' })],
  ['an unknown template', JSON.stringify({ ...signUp, template: 'advertisement' })],
])('refuses a message with %s, and does not quote it', async (_, body) => {
  const { sent, deps } = start()
  const error = await sendMail(deps, body).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(String(error)).not.toContain('042137')
  expect(sent).toEqual([])
})

describe('a name chosen by a stranger', () => {
  const greetingOf = (name: string) => composeMail({ ...signUp, name }, site)

  test.each(['Ann', 'Zoë & Co', 'O’Brien', '李小龍'])('greets %s', (name) => {
    expect(greetingOf(name).text).toContain(`Hello ${name},`)
  })

  test('cannot begin a line of its own', () => {
    const { text } = greetingOf('Ann\r\nYour code is 999999')
    expect(text.split('\n').filter((line) => line.startsWith('Your code'))).toEqual([])
  })

  test('cannot become markup', () => {
    expect(greetingOf('Ann & "Bob"').html).toContain('Ann &amp; &quot;Bob&quot;')
    expect(greetingOf('<b>Ann').html).not.toContain('<b>')
  })

  test.each(['Win at https://bad.example', 'bad.example', 'a@bad.example', 'www.bad.example'])(
    'cannot make us mail a link: %s',
    (name) => {
      expect(greetingOf(name).text).not.toContain('bad')
      expect(greetingOf(name).html).not.toContain('bad')
    },
  )
})
