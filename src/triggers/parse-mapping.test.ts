import { describe, expect, it } from 'vitest'
import { parseMapping } from './parse-mapping.ts'

const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:fn'

describe('parseMapping', () => {
  it.each([
    ['https://hooks.example.com/pre?a=b,c=d', { kind: 'webhook', url: 'https://hooks.example.com/pre?a=b,c=d' }],
    ['http://localhost:8080', { kind: 'webhook', url: 'http://localhost:8080/' }],
    ['./fn.ts', { kind: 'module', file: './fn.ts', exportName: undefined }],
    ['/srv/a#b/fn.mjs', { kind: 'module', file: '/srv/a#b/fn.mjs', exportName: undefined }],
    ['fn.cjs#verify', { kind: 'module', file: 'fn.cjs', exportName: 'verify' }],
    ['C:\\functions\\fn.js', { kind: 'module', file: 'C:\\functions\\fn.js', exportName: undefined }],
    ['lambda:', { kind: 'lambda', endpoint: 'https://lambda.eu-west-1.amazonaws.com', functionName: arn, region: 'eu-west-1' }],
    ['lambda:http://localhost:4566', { kind: 'lambda', endpoint: 'http://localhost:4566', functionName: arn, region: 'eu-west-1' }],
    [
      'lambda:http://localhost:9000/function',
      { kind: 'lambda', endpoint: 'http://localhost:9000', functionName: 'function', region: 'eu-west-1' },
    ],
  ])('reads %s', (target, address) => {
    expect(parseMapping(`${arn}=${target}`)).toEqual({ arn, address })
  })

  it('knows where China calls Lambda', () => {
    const china = 'arn:aws-cn:lambda:cn-north-1:000000000000:function:fn'
    expect(parseMapping(`${china}=lambda:`)).toMatchObject({ address: { endpoint: 'https://lambda.cn-north-1.amazonaws.com.cn' } })
  })

  it.each([
    ['arn:aws:lambda', 'maps no function'],
    ['pre-sign-up=./fn.ts', 'is no ARN'],
    [`${arn}=`, 'is neither a URL nor a JavaScript or TypeScript file'],
    [`${arn}=./fn.py`, 'is neither a URL nor a JavaScript or TypeScript file'],
    [`${arn}=./fn.ts#not-a-name`, 'is neither a URL nor a JavaScript or TypeScript file'],
    [`${arn}=ftp://example.com/fn`, 'is no http or https URL'],
    [`${arn}=https://`, 'is no http or https URL'],
    [`${arn}=https://user:geheim@example.com/`, 'may have neither a user name nor a fragment'],
    [`${arn}=https://example.com/#x`, 'may have neither a user name nor a fragment'],
    [`${arn}=lambda:localhost`, 'is no http or https URL'],
    [`${arn}=lambda:http://localhost/a/b`, 'only the function’s name'.replace('’', "'")],
    ['arn:aws:sns:eu-west-1:000000000000:topic=lambda:http://localhost', 'is not the ARN of a Lambda function'],
  ])('refuses %s', (text, sentence) => {
    const result = parseMapping(text)
    expect(result).toEqual({ fault: expect.stringContaining(sentence) })
    expect(JSON.stringify(result)).not.toContain('geheim')
  })
})
