import { describe, expect, it } from 'vitest'
import { CognitoError, incorrectCredentials } from '../errors.ts'
import { errorReply, faultReply, notUnderstoodReply, successReply, wrongContentTypeReply } from './reply.ts'

const id = '6d1a3f1e-0000-4000-8000-000000000000'

describe('errorReply', () => {
  it('has the body and the headers that were captured on AWS', () => {
    const reply = errorReply(id, incorrectCredentials())
    expect(reply.status).toBe(400)
    expect(reply.body).toBe('{"__type":"NotAuthorizedException","message":"Incorrect username or password."}')
    expect(reply.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-errortype': 'NotAuthorizedException:',
      'x-amzn-errormessage': 'Incorrect username or password.',
      'x-amzn-requestid': id,
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
    })
    expect(reply.headers).not.toHaveProperty('access-control-allow-credentials')
  })

  it('adds a reason code, leaves an empty message out, and answers 500 for our own faults only', () => {
    expect(JSON.parse(errorReply(id, new CognitoError('InvalidParameterException', 'no', 'because')).body)).toEqual({
      __type: 'InvalidParameterException',
      message: 'no',
      reasonCode: 'because',
    })
    const bare = errorReply(id, new CognitoError('UnknownOperationException', ''))
    expect(bare.body).toBe('{"__type":"UnknownOperationException"}')
    expect(bare.headers).not.toHaveProperty('x-amzn-errormessage')
    expect(errorReply(id, new CognitoError('InternalErrorException', 'x')).status).toBe(500)
    expect(errorReply(id, new CognitoError('InternalServerException', 'x')).status).toBe(500)
    expect(errorReply(id, new CognitoError('TooManyRequestsException', 'x')).status).toBe(400)
  })

  it('lets no message break out of its header', () => {
    const evil = `a\r\nset-cookie: x=1\u2028é${'y'.repeat(5000)}`
    const header = errorReply(id, new CognitoError('InvalidParameterException', evil)).headers['x-amzn-errormessage'] ?? ''
    expect(header).toMatch(/^[\x20-\x7e]{1,1024}$/)
    expect(header.startsWith('a??set-cookie: x=1??yyy')).toBe(true)
  })
})

it('answers an operation without output with an empty body', () => {
  expect(successReply(id, undefined)).toMatchObject({ status: 200, body: '' })
  expect(successReply(id, {})).toMatchObject({ status: 200, body: '{}' })
})

it('has the front end’s own forms', () => {
  expect(notUnderstoodReply(id).status).toBe(404)
  expect(JSON.parse(notUnderstoodReply(id).body)).toEqual({
    code: 'BadRequest',
    message: 'The server did not understand the operation that was requested.',
    type: 'client',
  })
  expect(JSON.parse(wrongContentTypeReply(id).body)).toEqual({
    Output: { __type: 'com.amazon.coral.service#UnknownOperationException' },
    Version: '1.0',
  })
  expect(faultReply(id, 413, 'RequestEntityTooLargeException', 'big')).toMatchObject({ status: 413 })
})
