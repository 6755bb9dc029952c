import type { UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { presentPicture, type PictureRow, type SignDelivery } from '../groups/picture.ts'
import type { Person } from './people.schema.ts'

export type PersonRow = { readonly id: UserId; readonly name: string; readonly avatar: PictureRow }

export type FindPersonDeps = {
  readonly readPerson: (userId: UserId) => Promise<PersonRow | null>
  readonly signDelivery: SignDelivery
}

/** Somebody as everybody may see them. */
export async function findPerson(
  deps: FindPersonDeps,
  userId: UserId,
): Promise<Result<{ person: Person }, { code: 'not_found' }>> {
  const row = await deps.readPerson(userId)
  return row === null ? refuse({ code: 'not_found' }) : accept({ person: await presentPerson(deps, row) })
}

export const presentPerson = async (
  { signDelivery }: Pick<FindPersonDeps, 'signDelivery'>,
  { id, name, avatar }: PersonRow,
): Promise<Person> => ({ id, name, avatar: await presentPicture(signDelivery, avatar) })
