import { expect, it } from 'vitest'
import { loadStyle } from '../domain/loaded-user.ts'
import { samplePool } from './conformance/samples.ts'
import { loadPasses, loadPassNames } from './load-passes.ts'

it('loadPassNames are the names of the passes, each once', () => {
  const stretch = { from: 0, to: 10, seed: 1, step: 10, groups: 2 }
  const source = { pool: samplePool(), stretch, at: 1, style: loadStyle, groupUid: () => '', credentials: async () => [] }
  const { first, last } = loadPasses(source)
  expect([...first.flat(), last].map(({ name }) => name).sort()).toEqual([...loadPassNames].sort())
})
