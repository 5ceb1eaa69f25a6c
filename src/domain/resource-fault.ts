const customScheme = /^(?!https?:|javascript:|data:|vbscript:|file:|blob:)[a-z][a-z0-9+.-]*:\/\/\S+$/i

/** The longest resource that a token names, in characters. guess: a resource has at most 2,048 characters. */
const longest = 2048

/**
 * Why a `resource` can't be bound to a token: it must be a URL without a fragment that begins with https://, http://localhost or a scheme of
 * an application (developer guide, "The redirect and authorization endpoint"; RFC 8707 section 2).
 */
export const resourceFault = (resource: string): string | undefined => {
  if (resource.length > longest || resource.includes('#') || /\s/.test(resource) || !URL.canParse(resource)) return 'resource is not a URL.'
  const allowed = /^https:\/\/[^/?]/i.test(resource) || /^http:\/\/localhost(?:[:/?]|$)/i.test(resource) || customScheme.test(resource)
  return allowed ? undefined : 'resource must begin with https://, http://localhost or a custom scheme.'
}
