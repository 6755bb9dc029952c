// Where people judge, and where they see how the system is.
import { troubledSystem, wellSystem } from '../system-answer.ts'
import { bothWidths, otherWay, type Screen } from '../screen.ts'
import { inTurn, press, see, type } from '../steps.ts'
import { personId } from '../world/people.ts'

const desk = (tab: string, text: string) => ({
  ...{ route: '/desk/:tab?', as: 'mo' as const, see: text },
  params: (): Readonly<Record<string, string>> => (tab === '' ? {} : { tab }),
})

export const deskRows: readonly Screen[] = [
  { ...desk('', 'Item of Finn Berg'), name: 'desk', views: bothWidths },
  {
    ...{ ...desk('', 'Item of Finn Berg'), name: 'desk-case', views: otherWay, isWhole: true },
    show: inTurn(press(/^Item of Finn Berg/), see('This is my garden')),
  },
  { ...desk('', 'Ela Novák'), name: 'desk-turkish', views: ['desktop-light'], locale: 'tr-TR' },
  {
    ...desk('', 'Item of Finn Berg'),
    name: 'desk-glass',
    isForAxeOnly: true,
    show: inTurn(press('Look without a report…'), see('Only in an emergency.')),
  },
  { ...desk('', 'Enter a code first'), name: 'desk-code', as: 'pat' },
  { ...desk('', 'Nothing here'), name: 'desk-member', as: 'ada', isForAxeOnly: true },
  {
    ...{ ...desk('held', 'Waiting for a review'), name: 'desk-held', views: otherWay, isWhole: true },
    show: inTurn(see('Nothing waits: what people post in public is seen at once.'), see('Nothing is kept out yet.')),
  },
  { ...desk('people', 'Insults, again and again.'), name: 'desk-people', views: bothWidths },
  {
    ...{ ...desk('people', 'Banned now'), name: 'desk-person', search: `?id=${personId('finn')}`, isWhole: true },
    show: see('What was done before'),
    mask: 'main dd:has-text("usr_")',
  },
  {
    ...{ ...desk('people', 'Banned now'), name: 'desk-ban', search: `?id=${personId('chidi')}` },
    show: inTurn(press('Ban'), type('Reason', 'Insults, again and again.'), see('Items go out of sight')),
  },
  {
    ...{ ...desk('people', 'Banned now'), name: 'desk-warn', search: `?id=${personId('chidi')}`, isForAxeOnly: true },
    show: inTurn(press('Warn'), type('Reason', 'Please leave others in peace.')),
  },
  {
    ...{ ...desk('appeals', 'No appeal waits'), name: 'desk-appeals-none', isForAxeOnly: true },
    answers: { 'appeals.list': () => ({ appeals: [], nextCursor: null }) },
  },
  { ...desk('appeals', 'It was my brother'), name: 'desk-appeals', views: otherWay, isWhole: true },
  { ...desk('audit', 'Mo Haddad banned Finn Berg'), name: 'desk-audit', views: bothWidths },
  {
    ...desk('system', 'Nothing needs anybody'),
    name: 'desk-system',
    views: otherWay,
    isWhole: true,
    answers: { 'admin.system': () => wellSystem },
  },
  {
    ...{ ...desk('system', 'What needs somebody'), name: 'desk-system-troubled', isWhole: true },
    answers: { 'admin.system': () => troubledSystem },
  },
]
