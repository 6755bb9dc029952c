// The parts page shows what a part looks like under a pointer or with the focus: the rules of the page's own sheets for
// those states, once more, for whatever is marked `data-shown="hover"` or `"focus"`. Nothing is described twice.
import { onCleanup, onMount } from 'solid-js'

const marks = [
  [':hover', '[data-shown=hover]'],
  [':focus-visible', '[data-shown=focus]'],
] as const

const concerns = (text: string): boolean => marks.some(([state]) => text.includes(state))

/** The rules about those states, with the layers and conditions they stand in. */
function copyRules(rules: CSSRuleList): string {
  return [...rules]
    .filter((rule) => concerns(rule.cssText))
    .map((rule) => {
      if (rule instanceof CSSStyleRule || !('cssRules' in rule))
        return marks.reduce((text, [state, mark]) => text.replaceAll(state, mark), rule.cssText)
      const head = rule.cssText.slice(0, rule.cssText.indexOf('{'))
      return `${head}{${copyRules(rule.cssRules as CSSRuleList)}}`
    })
    .join('\n')
}

export function showStates(): void {
  onMount(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync([...document.styleSheets].map(({ cssRules }) => copyRules(cssRules)).join('\n'))
    document.adoptedStyleSheets.push(sheet)
    onCleanup(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    })
  })
}
