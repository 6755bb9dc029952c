// argon2id in wasm. The parameters are OWASP's second choice (19 MiB, two passes, one lane), about 35 ms in workerd;
// they stand in each hash, so raising them later leaves old hashes readable.
import Argon2, { Argon2Type } from '@phi-ag/argon2'
import { toBase64 } from './base64.ts'

const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, hashLength: 32, type: Argon2Type.Argon2id }
const saltBytes = 16

export type PasswordHasher = {
  /** Returns a PHC string. */
  readonly hashPassword: (password: string) => Promise<string>
  /** Against null it does the same work and answers false: an unknown address must take as long as a wrong password. */
  readonly isPassword: (passwordHash: string | null, password: string) => Promise<boolean>
}

export function makePasswordHasher(
  instance: WebAssembly.Instance,
  randomBytes: (length: number) => Uint8Array,
): PasswordHasher {
  const argon2 = new Argon2(instance)
  return {
    // async turns what the wasm throws into a rejection.
    hashPassword: async (password) =>
      argon2.hash(asAscii(password), { ...parameters, salt: randomBytes(saltBytes) }).encoded,
    isPassword: async (passwordHash, password) => {
      const isMatch = argon2.tryVerify(passwordHash ?? nobodysHash, asAscii(password), Argon2Type.Argon2id).success
      return isMatch && passwordHash !== null
    },
  }
}

/**
 * What is hashed in place of the password: the base64 of its UTF-8. The wasm wrapper takes the number of UTF-16 units
 * for the number of bytes, so of a password in Cyrillic it would only look at the first half. Normalised first, since
 * the same letters typed on another system may arrive as other code points.
 */
const asAscii = (password: string): string => toBase64(new TextEncoder().encode(password.normalize('NFKC')))

/** A hash with today's parameters. What it hashes does not matter: nobody signs in with it. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
