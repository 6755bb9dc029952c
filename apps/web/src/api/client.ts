// The page's one connection to the API.
import { passTerms } from '../session/terms-asked.ts'
import { showKept } from '../ui/online.ts'
import { connectApi, type Procedures } from './connect.ts'

export const api = connectApi(passTerms, showKept)

type OutputOf<P> = P extends { readonly _def: { readonly $types: { readonly output: infer O } } } ? O : never

/** What each procedure answers. */
export type Outputs = {
  readonly [R in keyof Procedures]: { readonly [P in keyof Procedures[R]]: OutputOf<Procedures[R][P]> }
}
