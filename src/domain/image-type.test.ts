import { describe, expect, it } from 'vitest'
import { imageType } from './image-type.ts'

const text = (value: string) => new TextEncoder().encode(value)

describe('imageType', () => {
  it.each([
    ['PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0])],
    ['ICO', new Uint8Array([0, 0, 1, 0, 1, 0])],
    ['WEBP', text('RIFF\u0001\u0001\u0001\u0001WEBPVP8 ')],
    ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['SVG', text('\n<?xml version="1.0"?><svg/>')],
    [undefined, text('RIFF\u0001\u0001\u0001\u0001AVI ')],
    [undefined, text('<html><svg>')],
    [undefined, text('GIF89a')],
    [undefined, new Uint8Array([0x89, 0x50])],
    [undefined, new Uint8Array()],
  ])('knows %s', (type, bytes) => {
    expect(imageType(bytes)).toBe(type)
  })
})
