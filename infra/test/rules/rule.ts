import type { Graph } from '../graph.ts'

/** Something that every deployment must hold to. It answers with a sentence per place where one does not. */
export type Rule = { readonly name: string; readonly find: (graph: Graph) => string[] }

/** Findings for those of a list that do not hold. */
export const unless = <T>(items: readonly T[], holds: (item: T) => boolean, say: (item: T) => string): string[] =>
  items.filter((item) => !holds(item)).map(say)

export const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right)
