import { Show, Suspense, createSignal } from 'solid-js'
import { render } from 'solid-js/web'
import { afterEach, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { queryClient } from './query-client.ts'
import { useInfiniteQuery, useQuery } from './use-query.ts'

let end = () => {}
afterEach(() => {
  end()
  queryClient.clear()
  document.body.innerHTML = ''
})

const text = () => document.body.textContent
const untilTextIs = (wanted: string) => pollUntil(() => Promise.resolve(text() === wanted || null), { what: wanted })

test('what is typed into stays in the page while what was kept is asked anew', async () => {
  queryClient.setQueryData(['name'], 'old')
  let leavings = 0
  function Form() {
    const query = useQuery(() => ({ queryKey: ['name'], queryFn: () => Promise.resolve('new'), staleTime: 0 }))
    return (
      <Show when={query.data !== undefined}>
        <input />
        <p>{query.data}</p>
      </Show>
    )
  }
  end = render(
    () => (
      <Suspense>
        <Form />
      </Suspense>
    ),
    document.body,
  )
  const input = document.querySelector('input')
  input?.focus()
  input?.addEventListener('blur', () => (leavings += 1))
  const observer = new MutationObserver((records) => {
    leavings += records.flatMap(({ removedNodes }) => [...removedNodes]).filter((node) => node.contains(input)).length
  })
  observer.observe(document.body, { childList: true, subtree: true })
  expect(text()).toBe('old')
  await untilTextIs('new')
  observer.disconnect()
  expect(document.activeElement).toBe(input)
  expect(leavings).toBe(0)
})

test('another key is another read, and what failed says so', async () => {
  const [id, setId] = createSignal(1)
  function Read() {
    const query = useQuery(() => ({
      queryKey: ['item', id()],
      queryFn: () => (id() === 3 ? Promise.reject(new Error('gone')) : Promise.resolve(`item ${id()}`)),
      retry: false,
    }))
    return (
      <p>
        {query.isPending ? 'loading' : query.data}
        {query.error?.message}
      </p>
    )
  }
  end = render(() => <Read />, document.body)
  expect(text()).toBe('loading')
  await untilTextIs('item 1')
  setId(2)
  expect(text()).toBe('loading')
  await untilTextIs('item 2')
  setId(1)
  expect(text()).toBe('item 1')
  setId(3)
  await untilTextIs('gone')
})

test('a list grows by a page', async () => {
  function List() {
    const list = useInfiniteQuery(() => ({
      queryKey: ['list'],
      queryFn: ({ pageParam }: { pageParam: number }) => Promise.resolve(pageParam),
      initialPageParam: 1,
      getNextPageParam: (page: number) => (page < 2 ? page + 1 : null),
    }))
    return (
      <>
        <p>{list.data?.pages.join()}</p>
        <Show when={list.hasNextPage}>
          <button type="button" onClick={() => void list.fetchNextPage()} />
        </Show>
      </>
    )
  }
  end = render(() => <List />, document.body)
  await untilTextIs('1')
  document.querySelector('button')?.click()
  await untilTextIs('1,2')
  expect(document.querySelector('button')).toBeNull()
})
