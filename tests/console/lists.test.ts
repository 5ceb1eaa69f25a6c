import { describe, expect, it } from 'vitest'
import { listCount } from '../../console/src/api/list-count.ts'
import { sorted, sortingOf } from '../../console/src/api/sorted.ts'

interface Row {
  readonly name: string
  readonly size: number
}
const columns = [{ id: 'name', sort: ({ name }: Row) => name }, { id: 'size-of', sort: ({ size }: Row) => size }, { id: 'plain' }]
const rows: readonly Row[] = [
  { name: 'b', size: 10 },
  { name: 'a', size: 9 },
  { name: 'c', size: 100 },
]
const by = (text: string) => sorted(rows, sortingOf(text, columns), columns).map(({ name }) => name)

describe('the order of a list', () => {
  it('is read from the address', () => {
    expect(by('name')).toEqual(['a', 'b', 'c'])
    expect(by('-name')).toEqual(['c', 'b', 'a'])
    expect(by('size-of')).toEqual(['a', 'b', 'c'])
    expect(by('-size-of')).toEqual(['c', 'b', 'a'])
  })

  it.each(['', '-', 'plain', 'nothing', '--name'])('stays the API’s for %j', (text) => {
    expect(by(text)).toEqual(['b', 'a', 'c'])
  })
})

describe('the counter of a list', () => {
  it.each([
    [{ rows: 7, isPart: false }, '(7)'],
    [{ rows: 7, isPart: false, total: 9 }, '(7)'],
    [{ rows: 20, isPart: true }, '(20 on this page)'],
    [{ rows: 20, isPart: true, total: 1230 }, '(20 of about 1,230)'],
    // The estimate is older than the page.
    [{ rows: 20, isPart: true, total: 3 }, '(20 on this page)'],
  ])('of %o is %s', (shown, text) => {
    expect(listCount(shown)).toBe(text)
  })
})
