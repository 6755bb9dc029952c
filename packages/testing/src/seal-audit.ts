// Seals audit entries as the Worker does, with a secret of the tests.
import { makeDeriveRowKey, makeSealEntry, type SealEntry } from '@shoebox/db/audit-seal.ts'
import { makeId } from '@shoebox/shared/ids.ts'

export const auditSecret = 'a secret of tests, at least thirty-two characters long'

export const sealForTest: SealEntry = async (act) => {
  const newId = () => makeId('audit', act.atMs, crypto.getRandomValues(new Uint8Array(10)))
  return await makeSealEntry(await makeDeriveRowKey(auditSecret), newId)(act)
}
