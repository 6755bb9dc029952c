import { findRefusal, isRefusedWith } from '../api/refusal.ts'

/**
 * Deletes one's account by a call that may break off after it was carried out: too slow an answer, or none. Then nobody
 * is signed in any more, now or when it is tried again, and that is what was wanted. Rejects with the failure else.
 */
export function makeDeletion<Input>(
  remove: (input: Input) => Promise<unknown>,
  isSignedIn: () => Promise<boolean>,
): (input: Input) => Promise<void> {
  let mayBeDone = false
  return async (input) => {
    try {
      await remove(input)
    } catch (failure) {
      mayBeDone ||= findRefusal(failure) === null
      const isDoubtful = findRefusal(failure) === null || isRefusedWith(failure, 'sign_in_needed')
      if (!mayBeDone || !isDoubtful || (await isSignedIn().catch(() => true))) throw failure
    }
  }
}
