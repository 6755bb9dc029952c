// How one gets in, and where one is in: password, address, sessions.
import { type JSX } from 'solid-js'
import { accountWords } from '../words/account-words.ts'
import { AddressSection } from './address-section.tsx'
import { OwnHead, OwnScreen } from './own-screen.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'

export function SecurityScreen(): JSX.Element {
  const words = accountWords.security
  return (
    <OwnScreen title={words.title}>
      {(user) => (
        <>
          <OwnHead title={words.title} lead={words.lead} />
          <SessionsSection user={user()} />
          <PasswordSection user={user()} />
          <AddressSection user={user()} />
        </>
      )}
    </OwnScreen>
  )
}
