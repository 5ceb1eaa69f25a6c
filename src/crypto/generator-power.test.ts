import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { generatorPower } from './generator-power.ts'
import { modPowBigInt } from './mod-pow.ts'
import { generator } from './srp.ts'

const agrees = (exponent: Uint8Array) => generatorPower(exponent).equals(modPowBigInt(generator, exponent))

const run = promisify(execFile)
const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe('generatorPower', () => {
  it('is what plain arithmetic says, for every size of exponent', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), agrees), { numRuns: 120 })
  })

  it('is right at the borders', () => {
    const ones = new Uint8Array(32).fill(255)
    for (const exponent of [new Uint8Array(), new Uint8Array(32), Uint8Array.of(1), ones, Uint8Array.of(1, ...new Uint8Array(32))]) {
      expect(agrees(exponent), Buffer.from(exponent).toString('hex')).toBe(true)
    }
    expect(generatorPower(Uint8Array.of(10)).subarray(-2)).toEqual(Buffer.from([4, 0]))
  })

  it('is right where WebAssembly is missing', async () => {
    vi.resetModules()
    vi.stubGlobal('WebAssembly', undefined)
    const alone = await import('./generator-power.ts')
    const exponent = new Uint8Array(32).fill(201)
    expect(alone.generatorPower(exponent)).toEqual(modPowBigInt(generator, exponent))
  })

  // Elsewhere the instruction can't be switched off.
  it.skipIf(process.arch !== 'x64')('is right on a processor that rounds between product and sum', async () => {
    const program = `
      const { makeFixedBasePower } = await import(${module('./fixed-base-power.ts')})
      const { generatorPower } = await import(${module('./generator-power.ts')})
      const exponent = new Uint8Array(32).fill(201)
      console.log(makeFixedBasePower()(exponent).toString('hex'), generatorPower(exponent).toString('hex'))`
    const { stdout } = await run(process.execPath, ['--no-enable-fma3', '--input-type=module', '--eval', program])
    const right = modPowBigInt(generator, new Uint8Array(32).fill(201)).toString('hex')
    const [byTable, answered] = stdout.trim().split(' ')
    expect(byTable).not.toBe(right)
    expect(answered).toBe(right)
  })
})
