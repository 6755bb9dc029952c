import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentials, region } from '../cloud-names.ts'
import { startSes, type Ses } from './start-ses.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-ses-'))
let ses: Ses

beforeAll(async () => {
  ses = await startSes({ dataDir })
})
afterAll(async () => {
  await ses.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const send = (to: string, secretAccessKey: string = credentials.secretAccessKey) =>
  new SESv2Client({
    endpoint: ses.endpoint,
    region,
    credentials: { ...credentials, secretAccessKey },
    maxAttempts: 1,
  }).send(
    new SendEmailCommand({
      FromEmailAddress: 'Shoebox <hello@shoebox.local>',
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: { Data: 'Your <code> ✓' },
          Body: { Text: { Data: '123456' }, Html: { Data: '<b>1</b>' } },
          Headers: [{ Name: 'List-Unsubscribe', Value: '<https://a.test>' }],
        },
      },
    }),
  )

test('puts what is sent into the inbox, page and list', async () => {
  const { MessageId } = await send('Ada@example.com')
  await send('bob@example.com')
  expect(ses.mails('ada@example.com')).toMatchObject([
    {
      id: MessageId,
      to: 'Ada@example.com',
      subject: 'Your <code> ✓',
      text: '123456',
      html: '<b>1</b>',
      headers: { 'List-Unsubscribe': '<https://a.test>' },
    },
  ])
  const page = await (await fetch(ses.endpoint)).text()
  expect(page).toContain('123456')
  expect(page).not.toContain('<code>')
  const listed: unknown = await (await fetch(`${ses.endpoint}/mails.json?to=bob@example.com`)).json()
  expect(listed).toHaveLength(1)
})

test('refuses a wrong signature, and fails when a test asks it to', async () => {
  await expect(send('eve@example.com', 'wrong')).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  ses.failNext(1, 429)
  await expect(send('eve@example.com')).rejects.toMatchObject({ name: 'TooManyRequestsException' })
  expect(ses.mails('eve@example.com')).toEqual([])
})

test('keeps mails over a restart', async () => {
  await send('kept@example.com')
  await ses.stop()
  ses = await startSes({ dataDir })
  expect(ses.mails('kept@example.com')).toHaveLength(1)
})
