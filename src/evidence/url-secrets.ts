// A URL up to its query or fragment, and what follows; a quote before it may have its partner behind it.
const url = /(["'`(<[]?)((?:\b[a-z][a-z0-9+.-]*:)?\/\/[^\s?#]*)([?#]\S*)?/gi
const closing = /["'`)>\]][:,.;)]*$/
// Something like a query without a URL in front of it: a path in a reason.
const query = /\?[^\s"'`<>()]*=\S*/g
// `user:password@host` without a scheme, as a CONNECT may ask for it.
const bareUserinfo = /(?<![^\s"'`(<[=,])[^\s/?#@:"'`(<[]*:[^\s/?#@]*@(?=[\w[*])/g

/**
 * Takes the parts out of a text's URLs that may hold a secret: userinfo, query and fragment. Scheme, host, port and path
 * say where it went, and stay.
 */
export function withoutUrlSecrets(text: string): string {
  if (!/\/\/|[?@]/.test(text)) return text
  return text
    .replace(url, (_, quote: string, place: string, rest: string | undefined) => {
      const end = rest && quote !== '' ? (closing.exec(rest)?.[0] ?? '') : ''
      return quote + withoutUserinfo(place) + end
    })
    .replace(query, '')
    .replace(bareUserinfo, '')
}

// To the last `@` of the authority; and a password with a slash in it ends no authority, whoever reads it so.
function withoutUserinfo(place: string): string {
  if (!place.includes('@')) return place
  return place.replace(/\/\/[^/]*@/, '//').replace(/\/\/[^/:@]*:(?!\d*(?:\/|$))\S*@/, '//')
}
