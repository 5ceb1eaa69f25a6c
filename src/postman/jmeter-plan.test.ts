import { describe, expect, it } from 'vitest'
import { postmanTarget } from '../../tests/support/postman-target.ts'
import { jmeterFault, jmeterPlan } from './jmeter-plan.ts'

interface Node {
  readonly tag: string
  readonly attributes: string
  readonly children: Node[]
  text: string
}

/** The tree of an XML text without comments and sections; throws where tags don't match. */
const parse = (xml: string): Node => {
  const root: Node = { tag: '', attributes: '', children: [], text: '' }
  const open: Node[] = [root]
  for (const [, close, tag = '', attributes = '', empty, text] of xml
    .replace(/^<\?xml[^>]*\?>/, '')
    .matchAll(/<(\/?)([\w.]+)((?: [\w.]+="[^"<]*")*)(\/?)>|([^<]+)/g)) {
    const top = open.at(-1) ?? root
    if (text !== undefined) top.text += text.trim()
    else if (close === '/') {
      if (open.pop()?.tag !== tag) throw new Error(`</${tag}> closes another element`)
    } else {
      const node: Node = { tag, attributes, children: [], text: '' }
      top.children.push(node)
      if (empty !== '/') open.push(node)
    }
  }
  if (open.length !== 1) throw new Error('an element stays open')
  return root
}

/** The elements of a test plan: each has what lies below it in the hashTree behind it. */
const elements = (tree: Node, depth = 0): string[] => {
  const found: string[] = []
  for (let at = 0; at < tree.children.length; at += 2) {
    const [element, below] = tree.children.slice(at, at + 2)
    if (element === undefined || below?.tag !== 'hashTree') throw new Error('an element has no hashTree behind it')
    found.push(`${'  '.repeat(depth)}${element.tag}`, ...elements(below, depth + 1))
  }
  return found
}

const user = { username: 'ana', password: 'a,b<c>&"d' }
const planOf = (...args: Parameters<typeof postmanTarget>) => jmeterPlan(postmanTarget(...args), user)

describe('the JMeter plan', () => {
  it('signs in, takes the token out of the answer and calls with it', () => {
    const [plan] = parse(planOf()).children
    expect([plan?.tag, plan?.attributes]).toEqual(['jmeterTestPlan', ' version="1.2" properties="2.8" jmeter="2.13"'])
    expect(elements(plan?.children[0] as Node)).toEqual([
      'TestPlan',
      '  ThreadGroup',
      '    HTTPSamplerProxy',
      '      HeaderManager',
      '      ResponseAssertion',
      '      ResponseAssertion',
      '      BeanShellPreProcessor',
      '      RegexExtractor',
      '      RegexExtractor',
      '    HTTPSamplerProxy',
      '      HeaderManager',
      '      ResponseAssertion',
    ])
  })

  it('takes a challenge, which has status 200, for no sign-in', () => {
    const [, text = '', field, type] =
      /access token"[^>]*>\s*<collectionProp[^>]*>\s*<stringProp name="0">([^<]*)<[\s\S]*?test_field">([^<]*)<[\s\S]*?test_type">([^<]*)</.exec(
        planOf(),
      ) ?? []
    expect([field, type]).toEqual(['Assertion.response_data', '16'])
    const wanted = text.replaceAll('&quot;', '"')
    expect('{"AuthenticationResult":{"AccessToken":"e.y.J"}}').toContain(wanted)
    expect('{"ChallengeName":"SOFTWARE_TOKEN_MFA","Session":"x"}').not.toContain(wanted)
  })

  it('has nobody sign in by default where nobody was named', () => {
    const xml = jmeterPlan(postmanTarget(), { username: '', password: '' })
    expect(xml).toContain('{__P(username,)}')
    expect(xml).toContain('{__P(password,)}')
  })

  it('finds the token in an answer of the server', () => {
    const [, pattern = ''] = /name="RegexExtractor.regex">([^<]*)</.exec(planOf()) ?? []
    const regExp = new RegExp(pattern.replaceAll('&quot;', '"'))
    expect(regExp.exec('{"AuthenticationResult":{"AccessToken":"e.y.J","ExpiresIn":3600}}')?.[1]).toBe('e.y.J')
  })

  it('keeps what is odd in names and passwords as it is', () => {
    const xml = planOf({ pool: { Id: 'us-east-1_Shop', Name: 'Tom & <Jerry>' } })
    expect(() => parse(xml)).not.toThrow()
    expect(xml).toContain('testname="Tom &amp; &lt;Jerry&gt;"')
    expect(xml).toContain('{__P(password,a\\,b&lt;c&gt;&amp;&quot;d)}')
  })

  it('has no function of JMeter but its own, whatever a server calls pool, client and secret', () => {
    const evil = `$\${__BeanShell(new java.io.FileWriter("x").close())}`
    const xml = planOf({ pool: { Id: 'us-east-1_Shop', Name: evil }, client: { ClientId: evil, ClientName: evil, ClientSecret: evil } })
    // JMeter takes the character behind a backslash as it is.
    const live = [...xml.replaceAll(/\\[\s\S]/g, '').matchAll(/\$\{(\w*)/g)].map(([, name]) => name)
    expect([...new Set(live)].toSorted()).toEqual(
      [
        '__P',
        '__char',
        'access_token',
        'client_id',
        'host',
        'password_json',
        'path',
        'port',
        'protocol',
        'secret_hash',
        'username_json',
      ].toSorted(),
    )
    expect(xml).toContain('\\$\\${__BeanShell')
  })

  it('is XML, whatever stands in a name', () => {
    const xml = planOf({ pool: { Id: 'us-east-1_Shop', Name: 'Tom\f\u0000\u001b\ud800\ufffe\tand\r\nJerry 🐎' } })
    expect(() => parse(xml)).not.toThrow()
    expect(xml).toContain('testname="Tom&#x9;and&#xd;&#xa;Jerry 🐎"')
    expect(xml).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  })

  it('computes the secret hash where the app client has a secret', () => {
    expect(planOf()).not.toMatch(/SECRET_HASH|secret_hash/)
    const [plan] = parse(planOf({ client: { ClientSecret: 'kept' } })).children
    expect(elements(plan?.children[0] as Node).filter((element) => element === '      BeanShellPreProcessor')).toHaveLength(2)
  })

  it('says which app clients it can not sign in with', () => {
    expect(jmeterFault(postmanTarget())).toBeUndefined()
    expect(jmeterFault(postmanTarget({ mfa: { MfaConfiguration: 'OPTIONAL' } }))).toBeUndefined()
    expect(jmeterFault(postmanTarget({ mfa: { MfaConfiguration: 'ON' } }))).toContain('us-east-1_Shop requires a second factor')
    expect(jmeterFault(postmanTarget({ client: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] } }))).toContain('ALLOW_USER_PASSWORD_AUTH')
  })
})
