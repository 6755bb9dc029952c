import { expect, test } from 'vitest'
import { createNames, makeSafeName, nameZip } from './name-files.ts'

test.each([
  ['../../etc/passwd', '_.._etc_passwd'],
  ['..\\..\\boot.ini', '_.._boot.ini'],
  ['/absolute.jpg', '_absolute.jpg'],
  ['C:evil.jpg', 'C_evil.jpg'],
  ['...', 'file'],
  ['', 'file'],
  ['.htaccess', 'htaccess'],
  ['holiday.jpg. . ', 'holiday.jpg'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['a\u0000b\r\n.jpg', 'ab.jpg'],
  ['CON', '_CON'],
  ['aux.jpg', '_aux.jpg'],
  ['com1.tar.gz', '_com1.tar.gz'],
  ['what?*<>|".png', 'what______.png'],
  ['\ud800.jpg', '\ufffd.jpg'],
  ['Ferien 🏖 — Zürich.jpg', 'Ferien 🏖 — Zürich.jpg'],
  ['manifest-1.json', '_manifest-1.json'],
])('%j is saved as %j', (name, safe) => {
  expect(makeSafeName(name)).toBe(safe)
})

test('a long name keeps its extension and no half of a sign', () => {
  const name = makeSafeName(`${'🏖'.repeat(200)}.jpeg`)
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(180)
  expect(name).toMatch(/^🏖+\.jpeg$/u)
})

test('no name is given twice, whatever its case or spelling', () => {
  const name = createNames()
  const wished = ['a.jpg', 'A.JPG', 'a.jpg', 'a (2).jpg', 'a.jpg', 'Zu\u0308rich', 'Zürich', 'b', 'b']
  const given = wished.map(name)
  expect(given).toEqual([
    'a.jpg',
    'A (2).JPG',
    'a (3).jpg',
    'a (2) (2).jpg',
    'a (4).jpg',
    'Zürich',
    'Zürich (2)',
    'b',
    'b (2)',
  ])
  expect(new Set(given.map((text) => text.toLowerCase())).size).toBe(wished.length)
})

test('ten thousand files of the same name are numbered without looking through them', () => {
  const name = createNames()
  const given = Array.from({ length: 10_000 }, () => name('IMG_0001.JPG'))
  expect(new Set(given).size).toBe(10_000)
  expect(given.at(-1)).toBe('IMG_0001 (10000).JPG')
})

test('the first zip has no number', () => {
  expect([nameZip('Sea/side', 1), nameZip('Sea/side', 2)]).toEqual(['Sea_side.zip', 'Sea_side - 2.zip'])
})
