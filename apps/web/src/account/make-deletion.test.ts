import { expect, test } from 'vitest'
import { makeDeletion } from './make-deletion.ts'

const broken = new Error('no answer')
const refused = (code: string) => Object.assign(new Error(code), { data: { refusal: { code } } })
const deletion = (failures: readonly (Error | null)[], signedIn: readonly (boolean | Error)[]) => {
  const [calls, asked] = [[...failures], [...signedIn]]
  return makeDeletion(
    async () => {
      const failure = calls.shift()
      if (failure) throw failure
    },
    async () => {
      const answer = asked.shift()
      if (typeof answer !== 'boolean') throw answer ?? new Error('not expected')
      return answer
    },
  )
}

test('a deletion that was carried out and not answered is one that was carried out', async () => {
  await expect(deletion([broken], [false])(null)).resolves.toBeUndefined()
})

test('one that was carried out while its page waited is noticed when it is tried again', async () => {
  const remove = deletion([broken, refused('sign_in_needed')], [true, false])
  await expect(remove(null)).rejects.toBe(broken)
  await expect(remove(null)).resolves.toBeUndefined()
})

test('nothing is taken for done that was refused, or that nobody can say', async () => {
  for (const code of ['wrong_password', 'sign_in_needed', 'owns_groups'])
    await expect(deletion([refused(code)], [])(null)).rejects.toMatchObject({ message: code })
  await expect(deletion([broken], [broken])(null)).rejects.toBe(broken)
})
