import { RuleTester } from 'oxlint/plugins-dev'
import { describe, expect, it, test } from 'vitest'
import { rules } from './scars.ts'

RuleTester.describe = describe
RuleTester.it = it

type Cases = {
  readonly lawful: readonly string[]
  readonly caught: readonly string[]
}

const cases: Record<string, Cases> = {
  'no-ambient-time-or-chance': {
    lawful: ['new Date(nowMs)', 'now()', 'Date.UTC(2026, 0, 1)', 'Math.floor(x)'],
    caught: ['new Date()', 'Date.now()', 'Math.random()', 'crypto.randomUUID()', 'crypto.getRandomValues(bytes)'],
  },
  'no-double-assertion': {
    lawful: ['const x = y as string', 'const x = y as unknown'],
    caught: ['const x = y as unknown as string', 'const x = y as any as string', 'const x = y as never as string'],
  },
  'import-with-extension': {
    lawful: [
      `import { a } from './a.ts'`,
      `import { a } from '@shoebox/shared/a.ts'`,
      `import * as z from 'zod'`,
      `export { a }`,
      `import './app.css'`,
    ],
    caught: [
      `import { a } from './a'`,
      `import { a } from '@shoebox/shared/a'`,
      `export { a } from '../a.js'`,
      `export * from './a'`,
    ],
  },
  'no-sql-now': {
    lawful: ['sql`select ${now}`', 'sql`select snow()`'],
    caught: ['sql`select now()`', 'sql`select NOW ( )`', 'sql`${x} < current_timestamp`', 'timestamp().defaultNow()'],
  },
  'no-sleep': {
    lawful: ['await pollUntil(ask)', 'setTimeout(stop, 10)', 'await page.waitForSelector(x)'],
    caught: [
      'await new Promise((resolve) => setTimeout(resolve, 50))',
      'await setTimeout(50)',
      'await sleep(50)',
      'page.waitForTimeout(50)',
    ],
  },
  'no-stray-process-env': {
    lawful: ['process.argv', 'env.SITE_ORIGIN'],
    caught: ['process.env.SITE_ORIGIN', `process.env['SITE_ORIGIN']`, 'const { HOME } = process.env'],
  },
  'no-words-in-markup': {
    lawful: [
      'const a = <p class="text-soft">{words.title} · {count()}</p>',
      'const a = <button aria-label={words.close} type="button">×</button>',
      'const a = <input autocomplete="email" placeholder={words.email} />',
      'showToast(words.fault.ours)',
    ],
    caught: [
      'const a = <p>Nothing here</p>',
      `const a = <p>{'Nothing here'}</p>`,
      'const a = <button aria-label="Close" />',
      `const a = <img alt={'A photo'} />`,
      'const a = <Notice title="Nothing here" icon="image" />',
      `showToast('That did not work')`,
    ],
  },
  'no-wordless-chunk': {
    lawful: [
      `withWords(import('./focus-screen.ts'))`,
      `const Viewer = lazyScreen(() => import('./viewer.tsx').then((file) => file.Viewer))`,
      `lazyPart(async () => (await Promise.all([load(), import('./screens.css')]))[0])`,
      `import('./screens.css')`,
    ],
    caught: [`import('./focus-screen.ts')`, `const Viewer = lazy(() => import('./viewer.tsx'))`],
  },
  'no-kept-sentence': {
    lawful: [
      'const names = viewerWords.slideshow',
      'const { slideshow } = viewerWords',
      'const rows = () => [{ text: words.close }]',
      'function say() { return deskWords.tabs.held }',
      'type Tab = keyof typeof deskWords.tabs',
    ],
    caught: ['const rows = [{ text: words.close }]', 'const tabs = Object.values(deskWords.tabs)'],
  },
}

const fileNames = {
  lawful: ['begin-uploads.ts', 'object-keys.test.ts', 'mail.schema.ts', 'sharing.ts', 'common-passwords.ts'],
  caught: ['utils.ts', 'index.ts', 'date-utils.ts', 'mail.service.ts', 'upload-manager.ts', 'helpers.test.ts'],
}

const typescript = { languageOptions: { parserOptions: { lang: 'tsx' } } } as const

for (const [name, { lawful, caught }] of Object.entries(cases)) {
  const rule = rules[name]
  if (rule === undefined) throw new Error(`there is no rule ${name}`)
  new RuleTester(typescript).run(name, rule, {
    valid: [...lawful],
    invalid: caught.map((code) => ({ code, errors: 1 })),
  })
}

const fileNameRule = rules['no-vague-file-name']
if (fileNameRule === undefined) throw new Error('there is no rule no-vague-file-name')
new RuleTester(typescript).run('no-vague-file-name', fileNameRule, {
  valid: fileNames.lawful.map((filename) => ({ name: filename, code: '', filename })),
  invalid: fileNames.caught.map((filename) => ({ name: filename, code: '', filename, errors: 1 })),
})

test('every rule is shown something to catch', () => {
  expect([...Object.keys(cases), 'no-vague-file-name'].toSorted()).toEqual(Object.keys(rules).toSorted())
})
