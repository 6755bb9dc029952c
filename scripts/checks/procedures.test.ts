// What every procedure must have, asked of the router itself, so that a new one cannot be forgotten.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { AppRouter } from '../../apps/edge-api/src/router.ts'
import { procedures } from '../../apps/edge-api/test/is-query.ts'
import { listFiles, repositoryRoot } from '../repository.ts'

const paths = Object.keys(procedures)

function findOutput(path: string): unknown {
  const procedure: unknown = Reflect.get(procedures, path)
  if (typeof procedure !== 'function' || !('_def' in procedure)) return undefined
  const definition = procedure._def
  return typeof definition === 'object' && definition !== null && 'output' in definition ? definition.output : undefined
}

const securityTests = listFiles()
  .filter((path) => /^apps\/edge-api\/(test\/matrix\/|.*[.]security[.]test[.]ts$)/.test(path))
  .map((path) => readFileSync(join(repositoryRoot, path), 'utf8'))
  .join('\n')

test('there are procedures to look at', () => {
  expect(paths.length).toBeGreaterThan(10)
})

describe.each(paths)('%s', (path) => {
  test('checks what it answers', () => {
    expect(findOutput(path)).toBeTypeOf('object')
  })

  test('is named by a security test', () => {
    expect(securityTests).toMatch(new RegExp(`['"\`.]${path.replace('.', '[.]')}\\b`))
  })
})

type IsAny<T> = 0 extends 1 & T ? true : false

/** The path to each `any` inside a type, down to a depth that no answer of ours reaches; never when there is none. */
type FindAny<T, Path extends string = '', Depth extends 0[] = []> =
  IsAny<T> extends true
    ? Path
    : Depth['length'] extends 10
      ? never
      : T extends
            | string
            | number
            | boolean
            | bigint
            | symbol
            | null
            | undefined
            | Date
            | ((...args: never[]) => unknown)
        ? never
        : T extends readonly (infer Item)[]
          ? FindAny<Item, `${Path}[]`, [...Depth, 0]>
          : T extends object
            ? { [K in keyof T & string]: FindAny<T[K], `${Path}.${K}`, [...Depth, 0]> }[keyof T & string]
            : never

/** Every procedure's types, as the client infers them. */
type Types<Routes> = {
  [K in keyof Routes]: Routes[K] extends { readonly _def: { readonly $types: infer T } } ? T : Types<Routes[K]>
}

/** These are judged by the type check; running them only shows that they are still here. */
describe('types', () => {
  test('no procedure takes or answers `any`', () => {
    expectTypeOf<FindAny<Types<AppRouter['_def']['record']>>>().toBeNever()
  })

  test('an `any` would be found, however deep', () => {
    expectTypeOf<FindAny<{ a: { b: readonly { c: any }[] }; d: string }>>().toEqualTypeOf<'.a.b[].c'>() // oxlint-disable-line typescript/no-explicit-any
    expectTypeOf<Types<AppRouter['_def']['record']>['likes']['like']['output']['likeCount']>().toEqualTypeOf<number>()
  })
})
