// The project's own lint rules: each one is a mistake that was made once, here or in a system like this.
// oxlint loads this file (`jsPlugins` in .oxlintrc.json); scars.test.ts shows each rule what it must catch.
import { basename } from 'node:path'
import type { RuleTester } from 'oxlint/plugins-dev'

type Rule = Parameters<RuleTester['run']>[1]

/** Domain code takes time and chance as parameters; otherwise expiry cannot be tested. */
const noAmbientTimeOrChance: Rule = {
  create(context) {
    const say = (what: string) => `${what} is ambient: take the clock, the chance or the id as a parameter.`
    return {
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)
          context.report({ node, message: say('new Date()') })
      },
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return
        const name = `${node.object.name}.${node.property.name}`
        if (ambientReads.has(name)) context.report({ node, message: say(name) })
      },
    }
  },
}

const ambientReads = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
])

/** `x as unknown as T` claims what nobody checked; parse it, or write a type guard. */
const noDoubleAssertion: Rule = {
  create(context) {
    return {
      TSAsExpression(node) {
        if (node.expression.type !== 'TSAsExpression') return
        const inner = node.expression.typeAnnotation.type
        if (inner === 'TSUnknownKeyword' || inner === 'TSAnyKeyword' || inner === 'TSNeverKeyword')
          context.report({ node, message: 'A double assertion checks nothing: parse the value or write a type guard.' })
      },
    }
  },
}

const vagueNames = /^(utils?|helpers?|common|misc|services?|managers?|index|lib|shared)$/
const vagueEndings = /[-.](utils?|helpers?|service|manager)$/

/** A file is named by the one thing it does; `index` would be a barrel. */
const noVagueFileName: Rule = {
  create(context) {
    return {
      Program(node) {
        const name = basename(context.filename).replace(/(\.(test|schema|router|lambda|d))*\.[cm]?[jt]sx?$/, '')
        if (vagueNames.test(name) || vagueEndings.test(name))
          context.report({ node, message: `"${name}" says nothing: name the file after the one thing it does.` })
      },
    }
  },
}

/** Node runs these files as they are, so a relative import names the file itself. */
const importWithExtension: Rule = {
  create(context) {
    const isWhole = (path: string) =>
      !/^(\.|@shoebox\/)/.test(path) || /\.(tsx?|mjs|json|css|svg|wasm|sql|webp|txt)(\?.*)?$/.test(path)
    const message = 'Import the file itself, with its extension: Node runs the sources without a build.'
    return {
      ImportDeclaration(node) {
        if (!isWhole(node.source.value)) context.report({ node, message })
      },
      ExportNamedDeclaration(node) {
        if (node.source !== null && !isWhole(node.source.value)) context.report({ node, message })
      },
      ExportAllDeclaration(node) {
        if (!isWhole(node.source.value)) context.report({ node, message })
      },
    }
  },
}

/** Time in SQL is a parameter too: `now()` makes expiry untestable and differs between statements of two clocks. */
const noSqlNow: Rule = {
  create(context) {
    const pattern = /\bnow\s*\(\s*\)|\bcurrent_timestamp\b|\bclock_timestamp\s*\(/i
    return {
      TemplateElement(node) {
        if (pattern.test(node.value.raw))
          context.report({ node, message: 'Pass the time as a parameter: no now() in SQL.' })
      },
      CallExpression(node) {
        if (node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier')
          if (node.callee.property.name === 'defaultNow')
            context.report({ node, message: 'Pass the time as a parameter: no now() in SQL.' })
      },
    }
  },
}

/** A sleep in a test is either too long or, one day, too short: poll with a deadline. */
const noSleep: Rule = {
  create(context) {
    return {
      AwaitExpression(node) {
        const text = context.sourceCode.getText(node)
        if (text.length < 200 && /^await (new Promise\b.*setTimeout\(|setTimeout\(|sleep\(|delay\()/s.test(text))
          context.report({ node, message: 'No sleeps in tests: use pollUntil() from @shoebox/testing.' })
      },
      CallExpression(node) {
        if (node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier')
          if (node.callee.property.name === 'waitForTimeout')
            context.report({ node, message: 'No sleeps in tests: wait for what the page must show.' })
      },
    }
  },
}

/** Configuration is read in one place per app, validated there, and passed on. */
const noStrayProcessEnv: Rule = {
  create(context) {
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.object.name !== 'process') return
        if (node.property.type === 'Identifier' && node.property.name === 'env')
          context.report({ node, message: 'Only env.ts reads configuration: take the value as a parameter.' })
      },
    }
  },
}

/** What people read stands in the dictionaries of src/words, where every language has it. */
const noWordsInMarkup: Rule = {
  create(context) {
    const message = 'People read this: put it into the dictionary (src/words), for every language.'
    const isWord = (text: unknown) => typeof text === 'string' && /\p{L}{2}/u.test(text)
    return {
      JSXText(node) {
        if (isWord(node.value)) context.report({ node, message })
      },
      JSXExpressionContainer(node) {
        if (node.parent.type !== 'JSXAttribute' && node.expression.type === 'Literal' && isWord(node.expression.value))
          context.report({ node, message })
      },
      JSXAttribute(node) {
        const { name, value } = node
        if (name.type !== 'JSXIdentifier' || !readAttributes.has(name.name) || value === null) return
        const given = value.type === 'JSXExpressionContainer' ? value.expression : value
        if (given.type === 'Literal' && isWord(given.value)) context.report({ node, message })
      },
      CallExpression(node) {
        const [first] = node.arguments
        if (node.callee.type !== 'Identifier' || !sayers.has(node.callee.name)) return
        if (first?.type === 'Literal' && isWord(first.value)) context.report({ node, message })
      },
    }
  },
}

/** Attributes and parts' properties that are shown or read aloud. */
const readAttributes = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'text', 'hint', 'means', 'lead'])

/** Functions that say their first argument. */
const sayers = new Set(['showToast', 'announce'])

/** Lazily loaded code is there before its translation is, which `withWords` waits for (apps/web/src/words). */
const noWordlessChunk: Rule = {
  create(context) {
    const message = 'Import through withWords() or lazyPart(): else it is in English where the page is not.'
    let gatesAround = 0
    return {
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && gates.has(node.callee.name)) gatesAround += 1
      },
      'CallExpression:exit'(node) {
        if (node.callee.type === 'Identifier' && gates.has(node.callee.name)) gatesAround -= 1
      },
      ImportExpression(node) {
        if (node.source.type === 'Literal' && String(node.source.value).endsWith('.css')) return
        if (gatesAround === 0) context.report({ node, message })
      },
    }
  },
}

const gates = new Set(['withWords', 'lazyPart', 'lazyScreen', 'inLanguage'])

/** A dictionary is written over in place when its translation comes: what was read before stays as it was. */
const noKeptSentence: Rule = {
  create(context) {
    const message = 'Read where it is shown: while a file is loaded, its words are not translated yet.'
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || !/^words$|Words$/.test(node.object.name)) return
        const outers = outersOf(node)
        if (outers.some(({ type }) => /Function/.test(type))) return
        // A group of them may be kept.
        if (outers.find(({ type }) => type !== 'MemberExpression')?.type !== 'VariableDeclarator')
          context.report({ node, message })
      },
    }
  },
}

type Outer = { readonly type: string; readonly parent: Outer | null }

/** From the nearest to the file itself. */
const outersOf = ({ parent }: { readonly parent: Outer | null }): Outer[] =>
  parent === null ? [] : [parent, ...outersOf(parent)]

export const rules: Record<string, Rule> = {
  'no-ambient-time-or-chance': noAmbientTimeOrChance,
  'no-double-assertion': noDoubleAssertion,
  'no-vague-file-name': noVagueFileName,
  'import-with-extension': importWithExtension,
  'no-sql-now': noSqlNow,
  'no-sleep': noSleep,
  'no-stray-process-env': noStrayProcessEnv,
  'no-words-in-markup': noWordsInMarkup,
  'no-wordless-chunk': noWordlessChunk,
  'no-kept-sentence': noKeptSentence,
}

export default { meta: { name: 'scars' }, rules }
