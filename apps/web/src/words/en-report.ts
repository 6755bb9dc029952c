// The words of reporting something, in English. Apart from the rest, because they are fetched with it.
import type { ReportReason } from '@shoebox/shared/safety/reasons.ts'

const reasons: Record<ReportReason, string> = {
  violence: 'Violence or danger',
  nudity: 'Nudity or sexual content',
  harassment: 'Harassment or bullying',
  hate: 'Hate',
  spam: 'Spam or deception',
  other: 'Something else',
}

export const enReport = {
  report: { item: 'Report this item', comment: 'Report this comment', person: 'Report' },
  titles: {
    item: (name: string) => `Report an item of ${name}`,
    comment: (name: string) => `Report a comment of ${name}`,
    person: (name: string) => `Report ${name}`,
  },
  lead: 'Moderators of the site look at it. They see what you report and who reported it; nobody else learns that you did.',
  why: 'What is wrong?',
  reasons,
  note: 'What should they know?',
  noteHint: 'If you like, in a few words.',
  noteLeft: (left: number) => (left < 0 ? `${-left} characters too many` : `${left} characters left`),
  alsoBlock: (name: string) => `Also block ${name}`,
  send: 'Report',
  sent: 'Thank you. We tell you what came of it.',
}
