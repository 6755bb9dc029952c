import { expect, test } from 'vitest'
import { attachmentNamed, nameDownload } from './name-download.ts'

const added = new Date('2026-06-15T12:00:00.123Z')

test('a file of somebody else is called by its moment and what it is, and by nothing they wrote', () => {
  expect(nameDownload('2025-01-02T03:04:05', added, 'image/jpeg')).toBe('shoebox-20250102-030405.jpg')
  expect(nameDownload(null, added, 'video/quicktime')).toBe('shoebox-20260615-120000.mov')
})

test.each(['a.jpg', 'Ferien 🏖.jpg', `a"; filename="b.html`, `x'*()!.jpg`, '\r\nSet-Cookie: a=b', '\ud800.jpg', ''])(
  'the header for %j is one header of printable ASCII with one quoted name',
  (name) => {
    const header = attachmentNamed(name)
    expect(header).toMatch(/^attachment; filename="[\w .()-]*"; filename\*=UTF-8''[\w.~%-]*$/)
    expect(decodeURIComponent(header.split("UTF-8''")[1]!)).toBe(name.toWellFormed())
  },
)
