import { expect, test } from 'vitest'
import { answerTerms, isAskedForTerms, passTerms } from './terms-asked.ts'

const refused = Object.assign(new Error('no'), { data: { refusal: { code: 'terms_not_accepted' } } })

/** A call that the API refuses until the terms are accepted. */
function makeCall() {
  const call = { times: 0, isAccepted: false }
  const send = () => {
    call.times += 1
    return call.isAccepted ? Promise.resolve('done') : Promise.reject(refused)
  }
  return { call, send }
}

test('what the terms stood in the way of is done after they are accepted, all of it, and asked for once', async () => {
  const [one, two] = [makeCall(), makeCall()]
  const both = Promise.all([passTerms(one.send), passTerms(two.send)])
  await expect.poll(isAskedForTerms).toBe(true)
  one.call.isAccepted = true
  two.call.isAccepted = true
  answerTerms(true)
  expect(await both).toEqual(['done', 'done'])
  expect(isAskedForTerms()).toBe(false)
})

test('without a yes the call is refused and not made again', async () => {
  const { call, send } = makeCall()
  const answer = passTerms(send)
  await expect.poll(isAskedForTerms).toBe(true)
  answerTerms(false)
  await expect(answer).rejects.toBe(refused)
  expect(call.times).toBe(1)
})

test('any other failure asks for nothing', async () => {
  await expect(passTerms(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(isAskedForTerms()).toBe(false)
})
