import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseMasterKey } from './parse-master-key.ts'

const key = createHash('sha256').update('some key').digest()
const base64 = (bytes: readonly number[] | Buffer): string => Buffer.from(bytes).toString('base64')
const count = (step: number, start = 0): number[] => Array.from({ length: 32 }, (_, n) => (start + n * step) & 0xff)

describe('parseMasterKey', () => {
  it.each([
    ['base64', key.toString('base64')],
    ['base64 without padding', key.toString('base64').replace('=', '')],
    ['base64url', key.toString('base64url')],
    ['hex', key.toString('hex')],
    ['hex in capitals', key.toString('hex').toUpperCase()],
    ['a line of a file', `  ${key.toString('base64')}\r\n`],
  ])('reads %s', (_, text) => {
    expect(parseMasterKey(text)).toEqual({ key })
  })

  it('takes every one of 2,000 random keys', () => {
    const texts = Array.from({ length: 2000 }, (_, n) => createHash('sha256').update(`${n}`).digest())
    for (const bytes of texts) {
      expect(parseMasterKey(bytes.toString('base64'))).toEqual({ key: bytes })
      expect(parseMasterKey(bytes.toString('hex'))).toEqual({ key: bytes })
    }
  })

  it.each([
    ['nothing', ' \n', 'empty'],
    ['16 bytes', key.subarray(0, 16).toString('base64'), '16 bytes'],
    ['31 bytes in hex', key.subarray(1).toString('hex'), '31 bytes'],
    ['33 bytes', base64([...key, 1]), '33 bytes'],
    ['64 bytes', base64([...key, ...key]), '64 bytes'],
    ['words', 'correct horse battery staple', 'neither'],
    ['two lines', `${key.toString('base64')}\n${key.toString('base64')}`, 'neither'],
  ])('refuses %s and says why', (_, text, reason) => {
    expect(parseMasterKey(text)).toEqual({ fault: expect.stringContaining(reason) })
  })

  // must-not-happen 27: no placeholder keys.
  it.each([
    ['zeros', '0'.repeat(64)],
    ['one byte repeated', base64(Array(32).fill(0xa5))],
    ['counting up', base64(count(1))],
    ['counting down', base64(count(-1, 200))],
    ['counting in sevens', base64(count(7, 250))],
    ['four bytes repeated', 'deadbeef'.repeat(8)],
    ['eight bytes repeated', '0123456789abcdef'.repeat(4)],
    ['sixteen bytes repeated', base64([...key.subarray(0, 16), ...key.subarray(0, 16)])],
    ['readable text', base64(Buffer.from('this is my very good master key!'))],
    ['a sentence in base64 letters', 'changemechangemechangemechangemechangemecha='],
    ['the base64 alphabet', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq='],
    ['a word among random letters', `${key.toString('base64').slice(0, 20)}PassWord${key.toString('base64').slice(28)}`],
  ])('refuses %s', (_, text) => {
    const answer = parseMasterKey(text)
    expect(answer).toEqual({ fault: expect.stringContaining('placeholder') })
    expect(JSON.stringify(answer)).not.toContain(text.slice(0, 12))
  })
})
