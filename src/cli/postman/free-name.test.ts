import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { postmanTarget } from '../../../tests/support/postman-target.ts'
import { postmanCollection } from '../../postman/postman-collection.ts'
import type { PostmanTarget } from '../../postman/target.ts'
import { freeName } from './free-name.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-names-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (target: PostmanTarget) =>
  writeFile(join(folder, 'shop-web.postman_collection.json'), JSON.stringify(postmanCollection(target, 'Shop')))

it('is the plain one while nobody else has it', async () => {
  expect(await freeName(folder, postmanTarget())).toEqual({ name: 'shop-web', notes: [] })
  await put(postmanTarget())
  expect(await freeName(folder, postmanTarget())).toEqual({ name: 'shop-web', notes: [] })
})

it.each([
  ['another app client of that name', { client: { ClientId: 'other' } }],
  ['an app client of that name in another pool', { pool: { Id: 'us-east-1_Other' } }],
])('has the id behind it where the files of %s are there', async (_, other) => {
  await put(postmanTarget(other))
  const { name, notes } = await freeName(folder, postmanTarget())
  expect(name).toBe('shop-web.shopweb')
  expect(notes.join()).toContain('another app client')
})

it('says that the same app client of another server is replaced', async () => {
  await put(postmanTarget({ endpoint: 'https://staging.example.com' }))
  expect(await freeName(folder, postmanTarget())).toEqual({ name: 'shop-web', notes: [expect.stringContaining('on another server')] })
})
