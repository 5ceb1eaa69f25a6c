// What the sign-in pages do better with JavaScript; all but passkeys works without it.
;(() => {
  const all = (selector, within = document) => within.querySelectorAll(selector)

  // A form is sent once at a time; it opens again when the answer stays away or the page comes back from the history.
  const waitAtMost = 10_000
  const release = (form) => form.removeAttribute('data-busy')
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (form.hasAttribute('data-busy')) event.preventDefault()
    if (event.defaultPrevented) return
    for (const button of all('[data-reveal][aria-pressed="true"]', form)) button.click()
    form.setAttribute('data-busy', '')
    setTimeout(release, waitAtMost, form)
  })
  window.addEventListener('pageshow', () => all('[data-busy]').forEach(release))

  for (const button of all('[data-reveal]')) {
    const show = button.getAttribute('aria-label')
    const field = document.getElementById(button.dataset.reveal)
    button.addEventListener('click', () => {
      const isShown = field.type === 'password'
      field.type = isShown ? 'text' : 'password'
      button.setAttribute('aria-pressed', String(isShown))
      button.title = isShown ? button.dataset.hide : show
    })
  }

  for (const list of all('[data-rules]')) {
    const field = document.getElementById(list.dataset.rules)
    const rules = [...all('[data-pattern]', list)].map((item) => ({ item, pattern: new RegExp(item.dataset.pattern, 'su') }))
    const check = () => {
      for (const { item, pattern } of rules) {
        const isMet = pattern.test(field.value)
        item.classList.toggle('met', isMet)
        item.classList.toggle('passwordCheck-valid-customizable', isMet)
        item.classList.toggle('passwordCheck-notValid-customizable', !isMet)
        item.lastElementChild.textContent = ` (${isMet ? list.dataset.met : list.dataset.missing})`
        if ('quiet' in item.dataset) item.hidden = isMet
      }
    }
    field.addEventListener('input', check)
    if (field.value) check()
  }

  for (const button of all('[data-copy]')) {
    const text = button.textContent
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy)
      button.textContent = button.dataset.copied
      setTimeout(() => {
        button.textContent = text
      }, 2000)
    })
  }

  // Who walks through the closed list with the arrow keys has not chosen yet.
  for (const select of all('[data-send]')) {
    const before = select.value
    let isWalking = false
    const send = () => select.value !== before && select.form.requestSubmit()
    select.addEventListener('keydown', ({ key }) => {
      isWalking = key !== 'Enter'
      if (!isWalking) send()
    })
    select.addEventListener('pointerdown', () => {
      isWalking = false
    })
    select.addEventListener('change', () => isWalking || send())
    select.addEventListener('blur', send)
  }

  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0))
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '')
  const known = (list) => list?.map((credential) => ({ ...credential, id: toBytes(credential.id) }))

  const useKey = async (options) => {
    const publicKey = { ...options, challenge: toBytes(options.challenge), allowCredentials: known(options.allowCredentials) }
    const { response, ...credential } = parts(await navigator.credentials.get({ publicKey }))
    const { authenticatorData, clientDataJSON, signature, userHandle } = response
    return {
      ...credential,
      response: {
        authenticatorData: toText(authenticatorData),
        clientDataJSON: toText(clientDataJSON),
        signature: toText(signature),
        ...(userHandle && { userHandle: toText(userHandle) }),
      },
    }
  }

  const makeKey = async (options) => {
    const publicKey = {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    }
    const { response, ...credential } = parts(await navigator.credentials.create({ publicKey }))
    return {
      ...credential,
      response: {
        attestationObject: toText(response.attestationObject),
        clientDataJSON: toText(response.clientDataJSON),
        transports: response.getTransports?.() ?? [],
      },
    }
  }

  const parts = (credential) => ({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: credential.response,
  })

  const faults = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'exists', SecurityError: 'unsupported' }
  for (const form of all('[data-passkey]')) {
    const { passkey, options } = form.dataset
    const answer = form.querySelector('[data-answer]')
    const say = (key) => {
      form.querySelector('[data-fault]').textContent = form.dataset[key] ?? ''
    }
    const ask = async () => {
      say('nothing')
      if (!window.PublicKeyCredential) return say('unsupported')
      form.setAttribute('data-busy', '')
      try {
        answer.value = JSON.stringify(await (passkey === 'create' ? makeKey : useKey)(JSON.parse(options)))
        form.submit()
      } catch (error) {
        release(form)
        say(faults[error.name] ?? 'failed')
      }
    }
    form.addEventListener('submit', (event) => {
      if (event.submitter?.formNoValidate) return
      event.preventDefault()
      if (!form.hasAttribute('data-busy')) void ask()
    })
    if ('auto' in form.dataset) void ask()
  }
})()
