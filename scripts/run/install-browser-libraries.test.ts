import { expect, test } from 'vitest'
import { readMissing } from './install-browser-libraries.ts'

test('reads from ldd which libraries are missing', () => {
  const text = '\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0000)\n\tlibnspr4.so => not found\n'
  expect(readMissing(text)).toEqual(['libnss3.so', 'libnspr4.so'])
})
