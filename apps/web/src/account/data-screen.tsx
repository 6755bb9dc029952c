// Taking one's data along, and leaving.
import { type JSX } from 'solid-js'
import { accountWords } from '../words/account-words.ts'
import { DeleteSection } from './delete-section.tsx'
import { ExportSection } from './export-section.tsx'
import { OriginalsSection } from './originals-section.tsx'
import { OwnHead, OwnScreen } from './own-screen.tsx'

export function DataScreen(): JSX.Element {
  return (
    <OwnScreen title={accountWords.data.title}>
      {(user) => (
        <>
          <OwnHead title={accountWords.data.title} lead={accountWords.data.lead} />
          <ExportSection user={user()} />
          <OriginalsSection />
          <DeleteSection user={user()} />
        </>
      )}
    </OwnScreen>
  )
}
