import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { longestLag } from '../domain/longest-lag.ts'
import type { Executor } from './executor.ts'
import { configurationGroups, keepRecent } from './recent-reads.ts'
import type { Call } from './sql/call.ts'
import { verbs } from './sql/verbs.ts'

const read: Call = { group: 'clients', verb: 'recentByClientId', args: ['client'] }
const write: Call = { group: 'clients', verb: 'update', args: [] }

/** A database of one value, whose answers wait until they are let go. */
const slowDatabase = () => {
  const state = { value: 'old' as string | undefined, reads: 0, now: 0 }
  const held: (() => void)[] = []
  let holds = false
  const executor: Executor = {
    run: async (kind) => {
      if (kind === 'write') state.value = 'new'
      else state.reads += 1
      const { value } = state
      if (holds) await new Promise<void>((resolve) => held.push(resolve))
      return kind === 'write' ? 'updated' : value
    },
    time: async () => undefined,
    close: async () => undefined,
  }
  const store = keepRecent(executor, { now: () => state.now })
  const hold = () => {
    holds = true
  }
  const release = () => {
    holds = false
    for (const go of held.splice(0)) go()
  }
  return { state, store, hold, release }
}

describe('keepRecent', () => {
  it('asks once for what is asked again within 250 ms, and anew after that', async () => {
    const { state, store } = slowDatabase()
    for (const now of [0, 100, longestLag - 1]) {
      state.now = now
      expect(await store.run('recent', read)).toBe('old')
    }
    expect(state.reads).toBe(1)
    state.value = 'changed by another node'
    state.now = longestLag
    expect(await store.run('recent', read)).toBe('changed by another node')
    await store.run('recent', { ...read, args: ['another'] })
    expect(state.reads).toBe(3)
  })

  it('counts the age from before the question was asked', async () => {
    const { state, store, hold, release } = slowDatabase()
    hold()
    const first = store.run('recent', read)
    state.now = longestLag
    release()
    expect(await first).toBe('old')
    state.value = 'later'
    expect(await store.run('recent', read)).toBe('later')
  })

  it('shows a change of its own at once, and keeps nothing that was read while it was under way', async () => {
    const { state, store, hold, release } = slowDatabase()
    expect(await store.run('recent', read)).toBe('old')
    hold()
    const early = store.run('recent', { ...read, args: ['early'] })
    const writing = store.run('write', write)
    const meanwhile = store.run('recent', read)
    release()
    expect(await Promise.all([early, writing, meanwhile])).toEqual(['old', 'updated', 'new'])
    expect(await store.run('recent', { ...read, args: ['early'] })).toBe('new')
    expect(await store.run('recent', read)).toBe('new')
    expect(state.reads).toBe(5)
    await store.run('write', { ...write, group: 'users' })
    await store.run('recent', read)
    expect(state.reads).toBe(5)
  })

  it('goes on keeping during a purge, and not during a wipe', async () => {
    const { state, store, hold, release } = slowDatabase()
    for (const [verb, reads] of [
      ['purge', 1],
      ['wipe', 3],
    ] as const) {
      await store.run('recent', read)
      hold()
      const writing = store.run('write', { group: 'maintenance', verb, args: [] })
      const meanwhile = store.run('recent', read)
      release()
      await Promise.all([writing, meanwhile])
      await store.run('recent', read)
      expect([verb, state.reads]).toEqual([verb, reads])
    }
  })

  it('lets nobody join a question that finds nothing', async () => {
    const { state, store, hold, release } = slowDatabase()
    state.value = undefined
    hold()
    const early = store.run('recent', read)
    state.value = 'made by another node'
    const late = store.run('recent', read)
    release()
    expect(await Promise.all([early, late])).toEqual([undefined, 'made by another node'])
  })

  it('keeps neither an absence nor a failure', async () => {
    const { state, store } = slowDatabase()
    state.value = undefined
    expect(await store.run('recent', read)).toBeUndefined()
    state.value = 'made by another node'
    expect(await store.run('recent', read)).toBe('made by another node')
    const failing = keepRecent(
      { run: () => Promise.reject(new Error(`try ${++state.reads}`)), time: async () => undefined, close: async () => undefined },
      { now: () => 0 },
    )
    await expect(failing.run('recent', read)).rejects.toThrow('try 3')
    await expect(failing.run('recent', read)).rejects.toThrow('try 4')
  })

  it('knows every group of verbs that writes the rows that recent reads read', () => {
    const folder = new URL('sql/', import.meta.url)
    const tables = 'app_client|app_client_name|user_pool|user_pool_name|resource_server'
    const writes = new RegExp(`(INSERT INTO|UPDATE|DELETE FROM) (${tables})\\b|import \\{.*\\bsavePool\\b`)
    const writing = readdirSync(folder).filter(
      (file) => !file.endsWith('.test.ts') && writes.test(readFileSync(new URL(file, folder), 'utf8')),
    )
    expect(writing).toEqual(['clients.ts', 'domains.ts', 'maintenance.ts', 'pools.ts', 'purge-deleted.ts', 'resource-servers.ts'])
    expect([...configurationGroups].sort()).toEqual(['clients', 'domains', 'pools', 'resourceServers'])
    const recent = Object.entries(verbs).flatMap(([group, members]) =>
      Object.entries(members).flatMap(([verb, { kind }]) => (kind === 'recent' ? [`${group}.${verb}`] : [])),
    )
    expect(recent).toEqual(['clients.recentByClientId', 'resourceServers.recentByIdentifier'])
  })
})
