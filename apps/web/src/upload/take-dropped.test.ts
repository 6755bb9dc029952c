import { expect, test } from 'vitest'
import { takeDropped } from './take-dropped.ts'

const fileNamed = (name: string) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done: (file: File) => void) => done(new File([name], name)),
})

/** Hands out its entries in these lots; a lot that is null cannot be read. */
const folderOf = (name: string, ...lots: (readonly object[] | null)[]) => ({
  isFile: false,
  isDirectory: true,
  name,
  createReader: () => ({
    readEntries(done: (entries: readonly object[]) => void, fail: () => void) {
      const lot = lots.shift()
      if (lot === null) fail()
      else done(lot ?? [])
    },
  }),
})

const drop = (entry: object) => {
  const items = [{ kind: 'file', webkitGetAsEntry: () => entry }]
  return { items, files: [] } as object as DataTransfer
}

test('a folder is walked through to its end, without what systems leave in it', async () => {
  const taken: string[] = []
  const inner = folderOf('inner', [fileNamed('c.jpg')])
  const dropped = drop(folderOf('outer', [fileNamed('a.jpg'), fileNamed('.DS_Store'), inner], [fileNamed('b.jpg')]))
  expect(await takeDropped(dropped, (files) => taken.push(...files.map(({ name }) => name)))).toBe(0)
  expect(taken).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
})

test('a folder whose list breaks off in the middle is never taken for a whole one', async () => {
  const taken: string[] = []
  const dropped = drop(folderOf('outer', [fileNamed('a.jpg')], null))
  expect(await takeDropped(dropped, (files) => taken.push(...files.map(({ name }) => name)))).toBe(1)
  expect(taken).toEqual(['a.jpg'])
})
