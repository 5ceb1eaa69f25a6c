// Sign-in without a password: whoever can read the message with the code is the user. The same file runs on AWS Lambda, as three functions
// with the handlers auth.define, auth.create and auth.verify.
import { randomInt, timingSafeEqual } from 'node:crypto'

const attempts = 3

/** What comes next? `session` holds the rounds so far. */
export const define = async (event) => {
  const rounds = event.request.session
  const last = rounds.at(-1)
  if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
    event.response = { issueTokens: true, failAuthentication: false }
  } else if (rounds.length >= attempts || event.request.userNotFound) {
    event.response = { issueTokens: false, failAuthentication: true }
  } else {
    event.response = { issueTokens: false, failAuthentication: false, challengeName: 'CUSTOM_CHALLENGE' }
  }
  return event
}

/** A question and its answer. The client sees the public parameters; only verify sees the private ones. */
export const create = async (event) => {
  // After a wrong answer the same code is asked for again: it travels in the metadata of the round, which no client sees.
  const earlier = event.request.session.at(-1)?.challengeMetadata
  const code = earlier ?? String(randomInt(1_000_000)).padStart(6, '0')
  const { email } = event.request.userAttributes
  if (!earlier) await send(email, `Your code is ${code}`)
  event.response = {
    publicChallengeParameters: { sentTo: email.replace(/^(.).*@/, '$1***@') },
    privateChallengeParameters: { code },
    challengeMetadata: code,
  }
  return event
}

/** Is the answer right? */
export const verify = async (event) => {
  const typed = Buffer.from(event.request.challengeAnswer)
  const code = Buffer.from(event.request.privateChallengeParameters.code)
  event.response.answerCorrect = typed.length === code.length && timingSafeEqual(typed, code)
  return event
}

/** Replace this with your mail service. What is printed appears in Poolhouse's log. */
const send = async (email, text) => {
  console.log(`To ${email}: ${text}`)
}
