import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import type { AppRouter } from '../../src/router.ts'
import type { Actor, World } from '../authorisation-world.ts'

type Paths<Routes, Prefix extends string = ''> = {
  [K in keyof Routes & string]: Routes[K] extends { readonly _def: { readonly $types: unknown } }
    ? `${Prefix}${K}`
    : Paths<Routes[K], `${Prefix}${K}.`>
}[keyof Routes & string]

/** `account.me` and so on: a procedure without its row does not compile. */
export type ProcedurePath = Paths<AppRouter['_def']['record']>

/** `ok`: done, or told. `nothing`: answered without a refusal, and nothing was done or told. Else the refusal's code. */
export type Answer = 'ok' | 'nothing' | RefusalCode

export type Row = {
  readonly input?: (world: World) => unknown
  readonly expected: Readonly<Record<Actor, Answer>>
  /** Of an answer that is no refusal: whether there is something in it. Without this every such answer is `ok`. */
  readonly isSomething?: (data: never) => boolean
}

type Members = Readonly<Record<'viewer' | 'contributor' | 'admin' | 'owner', Answer>>

/** The same for everybody, signed in, banned or not. */
export const everyone = (answer: Answer): Row['expected'] => ({
  ...signedIn(answer),
  signedOut: answer,
  unverified: answer,
  banned: answer,
})

/** The same for everybody who is signed in. */
export const signedIn = (answer: Answer): Row['expected'] => members(all(answer), answer)

const all = (answer: Answer): Members => ({ viewer: answer, contributor: answer, admin: answer, owner: answer })

/** For members by their role; to everybody else the group is not there. */
export const members = (answers: Members, stranger: Answer = 'not_found'): Row['expected'] => ({
  signedOut: 'sign_in_needed',
  unverified: 'sign_in_needed',
  other: stranger,
  nonMember: stranger,
  ...answers,
  removed: stranger,
  moderator: stranger,
  banned: 'banned',
})

/** For whoever judges; to everybody else it is not there. */
export const judges: Row['expected'] = { ...members(all('not_found')), moderator: 'ok' }

export const anyMember = members({ viewer: 'ok', contributor: 'ok', admin: 'ok', owner: 'ok' })
export const adminsOnly = members({ viewer: 'role_too_low', contributor: 'role_too_low', admin: 'ok', owner: 'ok' })
export const ownerOnly = members({
  viewer: 'role_too_low',
  contributor: 'role_too_low',
  admin: 'role_too_low',
  owner: 'ok',
})

/** For whoever it belongs to, who is the contributor, and answered like nothing to everybody else. */
export const ownOnly = (stranger: Answer = 'not_found'): Row['expected'] =>
  members({ viewer: stranger, contributor: 'ok', admin: stranger, owner: stranger }, stranger)

export const hasMoved = (data: { readonly moved: readonly string[] }): boolean => data.moved.length > 0
export const hasItems = (data: { readonly items: readonly unknown[] }): boolean => data.items.length > 0
