import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CrashRun, openCrashRun } from './support/crash-run.ts'

const kills = 30

let run: CrashRun
beforeAll(async () => {
  run = await openCrashRun()
})
afterAll(() => run?.close())

describe('a server that is killed again and again', () => {
  it(`stands by everything that it acknowledged, after each of ${kills} kills`, { timeout: 300_000 }, async () => {
    const { acknowledged, wrong } = await run.kill(kills)
    expect(wrong).toEqual([])
    expect(acknowledged).toBeGreaterThan(kills * 3)
  })
})
