import { describe, expect, it } from 'vitest'
import { uiCustomizationFault } from './ui-customization.ts'

const jpeg = (length: number) => Uint8Array.from({ length }, (_, at) => [0xff, 0xd8, 0xff][at] ?? 0)

describe('uiCustomizationFault', () => {
  it('takes a PNG or JPEG of 100 KB, or none', () => {
    expect(uiCustomizationFault(undefined, undefined)).toBeUndefined()
    expect(uiCustomizationFault('', new Uint8Array())).toBeUndefined()
    expect(uiCustomizationFault('.label-customizable{color:red}', jpeg(102_400))).toBeUndefined()
    expect(uiCustomizationFault(undefined, jpeg(102_401))).toBe('The image file must not be larger than 100 KB.')
  })

  it('takes no other file', () => {
    const svg = new TextEncoder().encode('<svg onload="alert(1)"/>')
    expect(uiCustomizationFault(undefined, svg)).toBe('The image file must be a PNG or JPEG file.')
    expect(uiCustomizationFault('a', jpeg(10))).toBe('The CSS has a rule without an end.')
  })
})
