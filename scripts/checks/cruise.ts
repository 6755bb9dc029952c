// Runs dependency-cruiser over a tree with the project's rules and says what it found. Called by scripts/test.ts and by
// the test that plants violations. It must see TypeScript: with only TypeScript 7 beside it, dependency-cruiser skips
// every .ts file and reports success, which is why the number of files seen is part of the answer.
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import rules from '../../.dependency-cruiser.mjs'

export type Violation = { readonly rule: string; readonly from: string; readonly to: string }
export type Cruised = {
  readonly violations: readonly Violation[]
  /** TypeScript sources of the tree, with the files each one imports. */
  readonly imports: ReadonlyMap<string, readonly string[]>
}

const forbidden = rules.forbidden ?? []

export const ruleNames: readonly string[] = forbidden.map(({ name }) => name ?? 'a rule without a name')

const folders = ['apps', 'packages', 'local', 'infra', 'scripts', 'e2e', 'bench']

export async function cruiseTree(root: string): Promise<Cruised> {
  const { enhancedResolveOptions, ...options } = rules.options ?? {}
  const settings: ICruiseOptions = { ...options, validate: true, ruleSet: { forbidden }, baseDir: root }
  const { output } = await cruise(folders, settings, enhancedResolveOptions)
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of its findings')
  return { violations: readViolations(output), imports: readImports(output) }
}

const readViolations = (output: ICruiseResult): Violation[] =>
  output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))

const readImports = (output: ICruiseResult): Map<string, string[]> =>
  new Map(
    output.modules
      .filter(({ source }) => /\.tsx?$/.test(source) && !source.includes('node_modules'))
      .map(({ source, dependencies }) => [source, dependencies.map(({ resolved }) => resolved)]),
  )
