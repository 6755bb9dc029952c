import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { planDownload } from './plan-download.ts'

const id = numberedId('media', 1)
const picture = {
  id,
  type: 'image/heic',
  generation: 'g',
  fileName: 'my-home.heic',
  copyType: 'image/jpeg',
  hasPlay: false,
  bytes: 1000,
  sha256: null,
  takenLocal: '2026-06-15T12:00:00',
  createdAt: new Date(0),
  isOwn: false,
  locationPolicy: 'strip',
} as const
const film = { ...picture, type: 'video/mp4', copyType: null, hasPlay: true } as const

test('its owner has the original under its own name, whatever the group says', () => {
  for (const locationPolicy of ['strip', 'coarse', 'keep', null] as const)
    expect(planDownload({ ...picture, isOwn: true, locationPolicy })).toEqual({
      key: `o/${id}/g`,
      fileName: 'my-home.heic',
      form: 'original',
    })
})

test.each(['strip', 'coarse', null] as const)('others have the copy where the policy is %s', (locationPolicy) => {
  const fileName = 'shoebox-20260615-120000.jpg'
  expect(planDownload({ ...picture, locationPolicy })).toEqual({ key: `v/${id}/g/copy`, fileName, form: 'copy' })
  expect(planDownload({ ...film, locationPolicy })).toMatchObject({ key: `v/${id}/g/play`, form: 'copy' })
})

test('others have the original only where the group keeps places, without the name of the file', () => {
  const download = planDownload({ ...picture, locationPolicy: 'keep' })
  expect(download).toEqual({ key: `o/${id}/g`, fileName: 'shoebox-20260615-120000.heic', form: 'original' })
})

test('where there is no copy, others have nothing', () => {
  expect(planDownload({ ...picture, copyType: null })).toBeNull()
  expect(planDownload({ ...film, hasPlay: false })).toBeNull()
})
