import { describe, expect, it } from 'vitest'
import { parseUiCss } from './ui-css.ts'

const faultOf = (css: string) => {
  const parsed = parseUiCss(css)
  return 'fault' in parsed ? parsed.fault : undefined
}
const valueFault = (property: string) => `The value of the CSS property ${property} is not allowed.`

// The example of API_SetUICustomization, shortened.
const example = `.logo-customizable {\n\tmax-width: 60%;\n\tmax-height: 30%;\n}
.banner-customizable {\n\tpadding: 25px 0px 25px 0px;\n\tbackground-color: lightgray;\n}
.submitButton-customizable {\n\tfont-weight: normal;\n\tmargin: 20px -15px 10px -13px;\n\twidth: 108%;\n\tcolor: #fff;\n}
.submitButton-customizable:hover {\n\tcolor: #fff;\n\tbackground-color: #286090;\n}
.errorMessage-customizable {\n\tbackground: #F5F5F5;\n\tborder: 2px solid #D64958;\n}
.inputField-customizable:focus {\n\tborder-color: #66afe9;\n\toutline: 0;\n}
.passwordCheck-notValid-customizable {\n\tcolor: #DF3312;\n}
.textDescription-customizable {\n\tdisplay: block;\n\tfont-size: 16px;\n}\n`

describe('parseUiCss', () => {
  it("reads AWS's own example", () => {
    const parsed = parseUiCss(example)
    expect('rules' in parsed && parsed.rules.map((rule) => rule.selector)).toEqual(
      [...example.matchAll(/^(\.\S+)/gm)].map(([, selector]) => selector),
    )
    expect('rules' in parsed && parsed.rules[1]).toEqual({
      selector: '.banner-customizable',
      declarations: [
        { property: 'padding', value: '25px 0px 25px 0px' },
        { property: 'background-color', value: 'lightgray' },
      ],
    })
  })

  it('reads nothing, comments, and a last declaration without its semicolon', () => {
    expect(parseUiCss('')).toEqual({ rules: [] })
    expect(parseUiCss(' /* a { } */ ')).toEqual({ rules: [] })
    expect(parseUiCss('.label-customizable{COLOR:rgba(0, 0, 0, .5) !important}')).toEqual({
      rules: [{ selector: '.label-customizable', declarations: [{ property: 'color', value: 'rgba(0, 0, 0, .5) !important' }] }],
    })
  })

  it.each([
    ['body { color: red; }', 'The CSS class body is not in the list of allowed classes.'],
    ['.label-customizable, body { color: red; }', 'The CSS class .label-customizable, body is not in the list of allowed classes.'],
    ['.label-customizable:hover { color: red; }', 'The CSS class .label-customizable:hover is not in the list of allowed classes.'],
    [
      '@import "https://evil.example"; .label-customizable { color: red; }',
      'The CSS class @import "https://evil.example"; .label-customizable is not in',
    ],
    ['@media screen { .label-customizable { color: red; } }', 'The CSS has a rule that is not of the form .class { property: value; }.'],
    ['.label-customizable { color: red;', 'The CSS has a rule without an end.'],
    ['.label-customizable { color: red; } x', 'The CSS has a rule without an end.'],
    ['.label-customizable color: red; }', 'The CSS has a rule that is not of the form .class { property: value; }.'],
    ['.label-customizable { color }', 'The CSS declaration color has no value.'],
    ['.label-customizable { position: fixed; }', 'The CSS property position can not be customized.'],
    ['.label-customizable { behavior: none; }', 'The CSS property behavior can not be customized.'],
    ['/* .label-customizable { color: red; }', 'The CSS has a comment without an end.'],
  ])('refuses %s', (css, fault) => {
    expect(faultOf(css)).toContain(fault.slice(0, 80))
  })

  it.each([
    'url(https://evil.example/a.png)',
    'url(javascript:alert)',
    'expression(alert)',
    'red url(x)',
    'var(--x)',
    '"red"',
    String.raw`\72 ed`,
    'red</style><script>alert(1)</script>',
    '@import',
    '',
    'rgb(url(x))',
    '#ggg',
    `${'a '.repeat(200)}a`,
  ])('refuses the value %s', (value) => {
    expect(faultOf(`.label-customizable { background: ${value}; }`)).toBe(valueFault('background'))
  })

  it('takes no longer than the text is', () => {
    const at = performance.now()
    for (const text of ['/*', '{', '}', '.a{', 'a '.repeat(9), '#f '.repeat(9), '1.1.1'])
      faultOf(`.label-customizable{color:${text.repeat(40_000)}`)
    expect(performance.now() - at).toBeLessThan(2000)
  })
})
