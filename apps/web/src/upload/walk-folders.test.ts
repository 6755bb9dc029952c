import { expect, test } from 'vitest'
import { createManualTime } from '../../test/manual-time.ts'
import { walkFolders, type Dropped } from './walk-folders.ts'

const fileNamed = (name: string) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done: (file: File) => void) => done(new File([name], name)),
})

/** Hands out its entries in these lots; a lot that is null cannot be read. */
const folderOf = (name: string, ...lots: (readonly object[] | null)[]) => {
  const readEntries = (done: (entries: readonly object[]) => void, fail: () => void) => {
    const lot = lots.shift()
    if (lot === null) fail()
    else done(lot ?? [])
  }
  return { isFile: false, isDirectory: true, name, createReader: () => ({ readEntries }) } as object as FileSystemEntry
}

const namesOf = ({ files }: Dropped) => files.map(({ name }) => name)

test('a folder is walked through to its end before any of it is taken, without what systems leave in it', async () => {
  const inner = folderOf('inner', [fileNamed('c.jpg')])
  const outer = folderOf('outer', [fileNamed('a.jpg'), fileNamed('.DS_Store'), inner], [fileNamed('b.jpg')])
  const dropped = await walkFolders([outer])
  expect(namesOf(dropped)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  expect(dropped.unreadable).toBe(0)
})

test('a folder whose list breaks off in the middle is never taken for a whole one', async () => {
  const dropped = await walkFolders([folderOf('outer', [fileNamed('a.jpg')], null)])
  expect(namesOf(dropped)).toEqual(['a.jpg'])
  expect(dropped.unreadable).toBe(1)
})

test('a drive that answers no more is not waited for: what it has given is taken, and the rest is told of', async () => {
  const time = createManualTime()
  const opening: (() => void)[] = []
  const slow = (name: string) => ({
    ...fileNamed(name),
    file: (done: (file: File) => void) => opening.push(() => done(new File([name], name))),
  })
  const taking = walkFolders([folderOf('outer', [slow('a.jpg'), slow('b.jpg'), slow('c.jpg')])], time.sleep)
  await time.pass(20_000)
  opening[2]?.()
  await time.pass(10_000)
  opening[0]?.()
  await time.pass(29_000)
  expect(time.sleeping()).toBe(1)
  await time.pass(1000)
  await time.pass(30_000)
  const dropped = await taking
  expect(namesOf(dropped)).toEqual(['a.jpg', 'c.jpg'])
  expect(dropped.unreadable).toBe(1)
})
