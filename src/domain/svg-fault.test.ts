import { describe, expect, it } from 'vitest'
import { svgFault } from './svg-fault.ts'

const faultOf = (text: string) => svgFault(new TextEncoder().encode(text))
const within = (text: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${text}</svg>`

describe('svgFault', () => {
  it.each([
    within(
      '<g clip-path="url(#c)"><rect width="9" height=\'9\' fill="url(#p)"/></g><defs><clipPath id="c"><path d="M0 0H9"/></clipPath></defs>',
    ),
    `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">${within('')}`,
    within('<style>.a { fill: url(#p); }</style><image href="data:image/png;base64,iVBORw0KGgo="/><title>A &amp; B</title>'),
  ])('takes %s', (text) => {
    expect(faultOf(text)).toBeUndefined()
  })

  it.each([
    [within('<script>alert(1)</script>'), 'The SVG element script is not supported.'],
    [within('<foreignObject/>'), 'The SVG element foreignObject is not supported.'],
    [within('<svg:script/>'), 'The SVG element svg:script is not supported.'],
    [within('<set/>'), 'The SVG element set is not supported.'],
    ['<svg onload="alert(1)"/>', 'The SVG attribute onload is not supported.'],
    [within('<rect OnClick="alert(1)"/>'), 'The SVG attribute OnClick is not supported.'],
    [within('<a href="javascript:alert(1)">x</a>'), 'The SVG attribute href refers to something outside of the image.'],
    [within('<a xlink:href="&#106;avascript:alert(1)">x</a>'), 'The SVG attribute xlink:href refers to something outside of the image.'],
    [within('<image href="data:image/svg+xml;base64,AAAA"/>'), 'The SVG attribute href refers to something outside of the image.'],
    [within('<image href="https://evil.example/a.png"/>'), 'The SVG attribute href refers to something outside of the image.'],
    [within('<rect style="fill:url(https://evil.example)"/>'), 'The SVG attribute style refers to something outside of the image.'],
    [within('<rect style="fill:&#117;rl(https://evil.example)"/>'), 'The SVG attribute style refers to something outside of the image.'],
    [within('<style>@import "a.css";</style>'), 'The SVG has a style sheet that loads or escapes something.'],
    [within('<style>a{fill:\\75rl(x)}</style>'), 'The SVG has a style sheet that loads or escapes something.'],
    [within('<style>a{}<!-- -->@import "a.css";</style>'), 'The SVG has markup that is not supported.'],
    [within('<style>a{}<title/>@import "a.css";</style>'), 'The SVG has markup that is not supported.'],
    ['<svg><style>a{}', 'The SVG has markup that is not supported.'],
    [within('<a xmlns="http://www.w3.org/1999/xhtml" href="#a">x</a>'), 'The SVG attribute xmlns names another namespace.'],
    [within('<rect fill=red/>'), 'The SVG has markup that is not supported.'],
    [within('<![CDATA[<script>]]>'), 'The SVG has markup that is not supported.'],
    ['<?xml-stylesheet href="a.css"?><svg/>', 'The SVG has markup that is not supported.'],
    ['<?xml version="1.0" encoding="iso-2022-jp"?><svg/>', 'The SVG has markup that is not supported.'],
    ['<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', 'The SVG has markup that is not supported.'],
    [within('<!--><script>alert(1)</script>-->'), 'The SVG has markup that is not supported.'],
    [within('<!-- --!><script>alert(1)</script>-->'), 'The SVG has markup that is not supported.'],
    ['<!-- <svg/>', 'The SVG has markup that is not supported.'],
  ])('refuses %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  it('refuses other encodings', () => {
    expect(svgFault(new Uint8Array([0xff, 0xfe, 0x3c, 0x00]))).toBe('The SVG is not encoded in UTF-8.')
  })

  it('takes no longer than the text is', () => {
    const at = performance.now()
    for (const part of ['<', '<svg ', '<svg a="b" ', ' a="" ', '<!--', '<?xml ']) faultOf(`<svg ${part.repeat(100_000)}`)
    expect(performance.now() - at).toBeLessThan(2000)
  })
})
