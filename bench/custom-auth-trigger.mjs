// The three functions of a custom sign-in with one question, as a module trigger: mapped to three ARNs by their export names.

export const define = async (event) => {
  const last = event.request.session.at(-1)
  event.response = last
    ? { issueTokens: last.challengeResult, failAuthentication: !last.challengeResult }
    : { challengeName: 'CUSTOM_CHALLENGE' }
  return event
}

export const create = async (event) => {
  event.response = { publicChallengeParameters: { question: 'colour' }, privateChallengeParameters: { answer: 'blue' } }
  return event
}

export const verify = async (event) => {
  event.response = { answerCorrect: event.request.privateChallengeParameters.answer === event.request.challengeAnswer }
  return event
}
