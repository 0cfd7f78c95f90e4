// Making elements. All text goes in as text nodes: nothing here, or in the files after it, can make markup of a string.

/**
 * An element with attributes (true: present; false or undefined: absent) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  attribute(made, attributes)
  made.append(...children)
  return made
}

/**
 * The same in SVG.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 */
function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  attribute(made, attributes)
  made.append(...children)
  return made
}

/**
 * @param {Element} made
 * @param {Record<string, string | number | boolean | undefined>} attributes
 */
function attribute(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    made.setAttribute(name, value === true ? '' : String(value))
  }
}

/**
 * The element of the page with this id, which its skeleton has.
 * @param {string} id
 */
function byId(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found
}

/**
 * A number and its noun: `1 host`, `1,200 hosts`.
 * @param {number} number
 * @param {string} noun
 */
function counted(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

/**
 * The time of day in UTC, such as 10:02:07; what is no time stays as it is.
 * @param {string | number} at
 */
function clock(at) {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? String(at) : time.toISOString().slice(11, 19)
}

/**
 * A table of plain cells, with its heads.
 * @param {string} caption
 * @param {readonly string[]} heads
 * @param {readonly (readonly (Node | string)[])[]} rows
 */
function plainTable(caption, heads, rows) {
  return element(
    'table',
    {},
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, element('tr', {}, ...heads.map(head => element('th', { scope: 'col' }, head)))),
    element(
      'tbody',
      {},
      ...rows.map(([first = '', ...rest]) =>
        element('tr', {}, element('th', { scope: 'row' }, first), ...rest.map(cell => element('td', {}, cell))),
      ),
    ),
  )
}
