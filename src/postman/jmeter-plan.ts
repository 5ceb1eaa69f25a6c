import { allowedFlows } from '../domain/app-client-config.ts'
import { targetPrefix } from '../model/model.ts'
import { type Element, elementList, elementProperty, elementXml, textList } from './jmeter-xml.ts'
import type { PostmanTarget } from './target.ts'

/** Who signs in unless `-Jusername` and `-Jpassword` say otherwise; empty where they have to. */
export interface JmeterUser {
  readonly username: string
  readonly password: string
}

type Target = Pick<PostmanTarget, 'endpoint' | 'pool' | 'client' | 'mfa'>

const variables = ({ endpoint, client }: Target, { username, password }: JmeterUser): Readonly<Record<string, string>> => {
  const url = new URL(endpoint)
  return {
    protocol: url.protocol.replace(':', ''),
    host: url.hostname,
    port: url.port || (url.protocol === 'https:' ? '443' : '80'),
    path: `${url.pathname.replace(/\/$/, '')}/`,
    client_id: client.ClientId,
    ...(client.ClientSecret === undefined ? {} : { client_secret: client.ClientSecret }),
    username,
    password,
  }
}

/** A variable of the plan. */
const use = (variable: string): string => `\${${variable}}`

/** A text as an argument of JMeter's functions, which know no escape for parentheses. */
const argument = (text: string): string =>
  text.replace(/[,\\$()]/g, (character) => (/[()]/.test(character) ? `\${__char(${character.charCodeAt(0)})}` : `\\${character}`))

/** A property that `-J` sets, with its default, in which nothing is a function of JMeter. */
const property = (name: string, value: string): string => `\${__P(${name},${argument(value)})}`

/** A name of an element, where JMeter knows functions but no escapes. */
const withoutFunctions = (name: string): string => name.replaceAll('$', '')

const headers = (operation: string): Element => ({
  tag: 'HeaderManager',
  gui: 'HeaderPanel',
  name: `${operation}: headers`,
  properties: {
    headers: elementList(
      'HeaderManager.headers',
      [
        ['Content-Type', 'application/x-amz-json-1.1'],
        ['X-Amz-Target', `${targetPrefix}.${operation}`],
      ].map(([name = '', value = '']) => ({ type: 'Header', key: '', properties: { 'Header.name': name, 'Header.value': value } })),
    ),
  },
})

const answered = (operation: string): Element => ({
  tag: 'ResponseAssertion',
  gui: 'AssertionGui',
  name: `${operation} is answered`,
  properties: {
    // JMeter's own spelling; the name of a list is the hash of its first text, which it does not check.
    'Asserion.test_strings': textList('Asserion.test_strings', ['200']),
    'Assertion.test_field': 'Assertion.response_code',
    'Assertion.assume_success': false,
    'Assertion.test_type': 8,
  },
})

const sampler = (operation: string, body: object, children: readonly Element[]): Element => ({
  tag: 'HTTPSamplerProxy',
  gui: 'HttpTestSampleGui',
  name: operation,
  properties: {
    'HTTPSampler.postBodyRaw': true,
    arguments: elementProperty('HTTPsampler.Arguments', 'Arguments', {
      list: elementList('Arguments.arguments', [
        {
          type: 'HTTPArgument',
          key: '',
          properties: { 'HTTPArgument.always_encode': false, 'Argument.value': JSON.stringify(body), 'Argument.metadata': '=' },
        },
      ]),
    }),
    'HTTPSampler.protocol': use('protocol'),
    'HTTPSampler.domain': use('host'),
    'HTTPSampler.port': use('port'),
    'HTTPSampler.path': use('path'),
    'HTTPSampler.method': 'POST',
    'HTTPSampler.contentEncoding': 'UTF-8',
    'HTTPSampler.follow_redirects': false,
    'HTTPSampler.use_keepalive': true,
    'HTTPSampler.connect_timeout': '10000',
    'HTTPSampler.response_timeout': '60000',
  },
  children: [headers(operation), answered(operation), ...children],
})

/** A challenge is an answer with status 200 too, and no sign-in. */
const tokenCame: Element = {
  tag: 'ResponseAssertion',
  gui: 'AssertionGui',
  name: 'InitiateAuth brings an access token',
  properties: {
    'Asserion.test_strings': textList('Asserion.test_strings', ['"AccessToken"']),
    'Assertion.test_field': 'Assertion.response_data',
    'Assertion.assume_success': false,
    'Assertion.test_type': 16,
  },
}

/** Debian's JMeter 2.13 has no JSON extractor. */
const extractor = (variable: string, member: string): Element => ({
  tag: 'RegexExtractor',
  gui: 'RegexExtractorGui',
  name: `${variable} from ${member}`,
  properties: {
    'RegexExtractor.useHeaders': 'false',
    'RegexExtractor.refname': variable,
    'RegexExtractor.regex': `"${member}"\\s*:\\s*"([^"]+)"`,
    'RegexExtractor.template': '$1$',
    'RegexExtractor.default': 'none',
    'RegexExtractor.match_number': '1',
  },
})

const preProcessor = (name: string, script: string): Element => ({
  tag: 'BeanShellPreProcessor',
  gui: 'TestBeanGUI',
  name,
  properties: { filename: '', parameters: '', resetInterpreter: false, script },
})

/** JMeter puts variables into a body as they are, and a password may hold a quotation mark. The script holds none of JMeter's own characters. */
const quotedNames = preProcessor(
  'username and password as JSON',
  `String quoted(String text) {
  StringBuffer out = new StringBuffer();
  for (int i = 0; i < text.length(); i++) {
    char c = text.charAt(i);
    if (c == (char) 34 || c == (char) 92) out.append((char) 92).append(c);
    else if (c < (char) 32) out.append((char) 92).append("u").append(Integer.toHexString(0x10000 | c).substring(1));
    else out.append(c);
  }
  return out.toString();
}
vars.put("username_json", quoted(vars.get("username")));
vars.put("password_json", quoted(vars.get("password")));`,
)

const secretHash = preProcessor(
  'secret_hash',
  `import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
Mac mac = Mac.getInstance("HmacSHA256");
mac.init(new SecretKeySpec(vars.get("client_secret").getBytes("UTF-8"), "HmacSHA256"));
byte[] digest = mac.doFinal((vars.get("username") + vars.get("client_id")).getBytes("UTF-8"));
vars.put("secret_hash", java.util.Base64.getEncoder().encodeToString(digest));`,
)

const threadGroup = (children: readonly Element[]): Element => ({
  tag: 'ThreadGroup',
  gui: 'ThreadGroupGui',
  name: 'Users',
  properties: {
    'ThreadGroup.on_sample_error': 'startnextloop',
    controller: {
      xml: `<elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController" testname="Loops" enabled="true">
<boolProp name="LoopController.continue_forever">false</boolProp>
<stringProp name="LoopController.loops">\${__P(loops,1)}</stringProp>
</elementProp>`,
    },
    'ThreadGroup.num_threads': property('threads', '1'),
    'ThreadGroup.ramp_time': property('rampup', '1'),
    'ThreadGroup.scheduler': false,
  },
  children,
})

/** Why no JMeter plan can sign in with the app client, which can't compute SRP or read a code; undefined where one can. */
export const jmeterFault = ({ client, pool, mfa }: Pick<PostmanTarget, 'client' | 'pool' | 'mfa'>): string | undefined => {
  if ((mfa.MfaConfiguration ?? pool.MfaConfiguration) === 'ON') {
    return `A JMeter plan signs in by the password alone, and the user pool ${pool.Id} requires a second factor (MfaConfiguration ON). Take a pool where it is OPTIONAL or OFF.`
  }
  return allowedFlows(client).has('USER_PASSWORD_AUTH')
    ? undefined
    : `A JMeter plan signs in by USER_PASSWORD_AUTH, which the app client ${client.ClientId} does not allow. Add ALLOW_USER_PASSWORD_AUTH to its ExplicitAuthFlows.`
}

/**
 * A JMeter test plan: sign-in, the access token taken out of the answer, and a call with it. JMeter 2.13 and newer run it; `-Jthreads`,
 * `-Jloops`, `-Jrampup` (seconds), `-Jusername`, `-Jpassword`, `-Jhost`, `-Jport` change it.
 */
export const jmeterPlan = (target: Target, user: JmeterUser): string => {
  const values = Object.entries(variables(target, user)).map(([name, value]) => ({
    type: 'Argument',
    key: name,
    properties: { 'Argument.name': name, 'Argument.value': property(name, value), 'Argument.metadata': '=' },
  }))
  const hasSecret = target.client.ClientSecret !== undefined
  const hash = hasSecret ? { SECRET_HASH: use('secret_hash') } : {}
  const AuthParameters = { USERNAME: use('username_json'), PASSWORD: use('password_json'), ...hash }
  const signIn = { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: use('client_id'), AuthParameters }
  const plan: Element = {
    tag: 'TestPlan',
    gui: 'TestPlanGui',
    name: withoutFunctions(target.pool.Name),
    properties: {
      'TestPlan.comments': `An API of your own takes the token from the header Authorization: Bearer ${use('access_token')}`,
      'TestPlan.functional_mode': false,
      'TestPlan.serialize_threadgroups': false,
      variables: elementProperty('TestPlan.user_defined_variables', 'Arguments', { list: elementList('Arguments.arguments', values) }),
    },
    children: [
      threadGroup([
        sampler('InitiateAuth', signIn, [
          tokenCame,
          quotedNames,
          ...(hasSecret ? [secretHash] : []),
          extractor('access_token', 'AccessToken'),
          extractor('id_token', 'IdToken'),
        ]),
        sampler('GetUser', { AccessToken: use('access_token') }, []),
      ]),
    ],
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<jmeterTestPlan version="1.2" properties="2.8" jmeter="2.13">\n<hashTree>\n${elementXml(plan)}\n</hashTree>\n</jmeterTestPlan>\n`
}
