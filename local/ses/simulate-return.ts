// SES's mailbox simulator: addresses that bounce or complain, whoever sends to them, with any label after a plus.
// https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator

/** The event that SES would publish for a mail, or null for one that arrives. */
export function simulateReturn(to: string, nowMs: number): object | null {
  const [, mailbox] = /^(bounce|complaint)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(to) ?? []
  const timestamp = new Date(nowMs).toISOString()
  const mail = { timestamp, destination: [to] }
  if (mailbox?.toLowerCase() === 'bounce') {
    const bouncedRecipients = [{ emailAddress: to, action: 'failed', status: '5.1.1' }]
    const bounce = { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients, timestamp }
    return { eventType: 'Bounce', bounce, mail }
  }
  if (mailbox === undefined) return null
  const complaint = { complainedRecipients: [{ emailAddress: to }], complaintFeedbackType: 'abuse', timestamp }
  return { eventType: 'Complaint', complaint, mail }
}
