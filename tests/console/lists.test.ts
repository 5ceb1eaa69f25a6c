import { describe, expect, it } from 'vitest'
import { listCount } from '../../console/src/api/list-count.ts'
import { rowsOfAllPages } from '../../console/src/api/rows-of-all-pages.ts'
import { sorted, sortingOf } from '../../console/src/api/sorted.ts'
import { person, withNames } from '../../console/src/pages/audit-trail/person.ts'

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

describe('all pages of a list', () => {
  it('are read one after the other, up to a limit', async () => {
    const load = async (_size: number, token = '0') => ({
      rows: [Number(token)],
      next: token === '4' ? undefined : String(Number(token) + 1),
    })
    const { signal } = new AbortController()
    expect(await rowsOfAllPages(load, signal)).toEqual({ rows: [0, 1, 2, 3, 4], isCut: false })
    expect(await rowsOfAllPages(load, signal, 3)).toEqual({ rows: [0, 1, 2], isCut: true })
  })
})

describe('a row of the audit trail', () => {
  const id = '566b3976-ad61-4feb-a972-a3cab32b8841'

  it('has names for the ids that have one', () => {
    expect(withNames(`added to ${id}`, { [id]: 'editors' })).toBe('added to editors')
    expect(withNames(`added to ${id}`, {})).toBe(`added to ${id}`)
    expect(person(`user:${id}`, { [id]: 'ada' })).toBe('user ada')
    expect(person('arn:aws:iam::000000000000:user/AKIA', {})).toBe('access key of AKIA')
  })
})
