import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classicSheet } from './classic-sheet.ts'

const rule =
  /^:root\[data-version="1"\] \.[a-zA-Z-]+-customizable(?::hover|:focus)?\{[a-z-]+:[a-zA-Z0-9#%.,/()!+ -]+(?:;[a-z-]+:[a-zA-Z0-9#%.,/()!+ -]+)*\}$/
const dangerous = /url|expression|javascript|@|\\|<|>|\/\*/i

describe('classicSheet', () => {
  it('has the rules for pages of version 1', () => {
    const css =
      '.label-customizable { COLOR : #fff ; font-weight:400 }\n/* } */ .submitButton-customizable:hover{background-color:rgb(1, 2, 3)}'
    expect(classicSheet({ css })).toBe(
      ':root[data-version="1"] .label-customizable{color:#fff;font-weight:400}\n' +
        ':root[data-version="1"] .submitButton-customizable:hover{background-color:rgb(1, 2, 3)}\n',
    )
    expect(classicSheet({ css: '.label-customizable{}' })).toBe('')
    expect(classicSheet({ css: '.inputField-customizable{height:34px}' })).toBe(
      ':root[data-version="1"] .inputField-customizable{min-height:0;height:34px}\n',
    )
    expect(classicSheet({})).toBe('')
  })

  it.each([
    '.label-customizable { color: red; } </style><script>alert(1)</script>',
    '.label-customizable { background: url(javascript:alert(1)); }',
    '.label-customizable { background: url("https://evil.example/x.png"); }',
    '@import "https://evil.example/x.css"; .label-customizable { color: red; }',
    '.label-customizable { width: expression(alert(1)); }',
    '.label-customizable { background: \\75rl(https://evil.example); }',
    '.label-customizable { color: red /**/; background: u/**/rl(x); }',
    '.label-customizable { color: red; { color: blue } }',
    '.label-customizable { color: red } } body { display: none }',
    '.label-customizable { color: var(--accent); }',
    '.label-customizable { color: red; -moz-binding: none; }',
    '.label-customizable, * { color: red; }',
    '.label-customizable::before { color: red; }',
    '.label-customizable { color: "red"; }',
  ])('has nothing at all of %s', (css) => {
    expect(classicSheet({ css })).toBe('')
  })

  it('is made of sound rules whatever is stored', () => {
    const part = fc.constantFrom(
      ...['.label-customizable', '.inputField-customizable:focus', '.x', '{', '}', ';', ':', ' ', '\n', 'color', 'width', 'background'],
      ...[
        'red',
        '#fff',
        '10px',
        '50%',
        'url(x)',
        '/*',
        '*/',
        '@import',
        '</style>',
        '\\',
        '"',
        "'",
        'rgb(1,2,3)',
        'expression(',
        ')',
        '!important',
      ],
    )
    const sound = fc
      .tuple(
        fc.constantFrom('.label-customizable', '.logo-customizable'),
        fc.constantFrom('color', 'max-width'),
        fc.oneof(part, fc.string()),
      )
      .map(([selector, property, value]) => `${selector} { ${property}: ${value}; }`)
    const css = fc.oneof(
      fc.array(fc.oneof(part, sound), { maxLength: 30 }).map((parts) => parts.join('')),
      fc.array(sound, { maxLength: 4 }).map((rules) => rules.join('\n')),
    )
    let written = 0
    fc.assert(
      fc.property(css, (text) => {
        for (const line of classicSheet({ css: text }).split('\n').slice(0, -1)) {
          written += 1
          expect(line).toMatch(rule)
          expect(line).not.toMatch(dangerous)
        }
      }),
      { numRuns: 10_000 },
    )
    expect(written).toBeGreaterThan(100)
  })
})
