import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { keepReturn } from './keep-return.ts'

function start() {
  const suppressed: { address: string; reason: string }[] = []
  const lines: string[] = []
  const deps = {
    suppressAddress: async ({ address, reason }: { address: string; reason: string }) =>
      void suppressed.push({ address, reason }),
    nowMs: () => 0,
    log: createLog('bounces', (line) => lines.push(line)),
  }
  return { suppressed, lines, keep: (event: unknown) => keepReturn(deps, JSON.stringify(event)) }
}

const bounce = (bounceType: string) => ({
  eventType: 'Bounce',
  bounce: { bounceType, bouncedRecipients: [{ emailAddress: 'Ann <Ann@Example.org>' }] },
})

test('suppresses an address for good when its mailbox is not there, and logs no address', async () => {
  const { suppressed, lines, keep } = start()
  await keep(bounce('Permanent'))
  expect(suppressed).toEqual([{ address: 'ann@example.org', reason: 'bounce' }])
  expect(lines.join('')).not.toMatch(/ann@/i)
})

test('leaves an address alone whose mailbox is only full', async () => {
  const { suppressed, keep } = start()
  await keep(bounce('Transient'))
  expect(suppressed).toEqual([])
})

test('suppresses an address whose reader called our mail unwanted', async () => {
  const { suppressed, keep } = start()
  await keep({ eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: 'bob@example.org' }] } })
  expect(suppressed).toEqual([{ address: 'bob@example.org', reason: 'complaint' }])
})

test('throws for what SES never says, without quoting it', async () => {
  const { keep } = start()
  const error = await keep({ eventType: 'Open', to: 'ann@example.org' }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(String(error)).not.toContain('ann@')
})
