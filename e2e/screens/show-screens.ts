// All pictures on one page, docs/screens.md: written by `npm run screens:accept`, held up to date by a test.
import { resolve } from 'node:path'
import { sizeOf, type Screen } from './screen.ts'
import { isPictured, sections, shotName, viewsOf } from './screens.ts'

export const pagePath = resolve(import.meta.dirname, '../../docs/screens.md')

const introduction = `# Screens

Every screen in its states, as accepted: what \`npm test\` compares each run with (\`e2e/screens\`). Made at one moment in
one small world, in the pinned browser with its own font. What differs is written below \`.local/screens\`; if it is meant
to be so, \`npm run screens:accept\` accepts it and writes this page anew. A screen is a row in \`e2e/screens/rows\`.
`

const heightPx = 300

export const writePage = (): string =>
  [introduction, ...Object.entries(sections).map(([title, rows]) => showSection(title, rows))].join('\n')

const showSection = (title: string, rows: readonly Screen[]): string =>
  [`## ${title}\n`, ...rows.filter(isPictured).map(showScreen)].join('\n')

const showScreen = (screen: Screen): string => {
  const pictures = viewsOf(screen).map((view) => {
    const source = `../e2e/screens/accepted/${shotName(screen, view)}.webp`
    const { width, height } = sizeOf(view)
    const shownPx = screen.isWhole === true ? '' : ` width="${Math.round((heightPx * width) / height)}"`
    return `<a href="${source}"><img src="${source}" height="${heightPx}"${shownPx} alt="${screen.name}, ${view}"></a>`
  })
  return [`### ${screen.name}\n`, ...pictures, ''].join('\n')
}
