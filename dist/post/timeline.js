// Requests over time: allowed ones above the line, refused ones below it, each with the scale that is written beside it.

const laneHeight = 60
const leastColumns = 40

/** @param {import('../page-data.ts').PageTimeline} timeline */
function drawTimeline(timeline) {
  const { start, widthMs, allowed, blocked, dlp } = timeline
  const columns = Math.max(allowed.length, leastColumns)
  const most = { allowed: Math.max(0, ...allowed), blocked: Math.max(0, ...blocked) }
  /** @type {Element[]} */
  const bars = []
  /** @type {(at: number, from: number, height: number, state: string) => void} */
  const bar = (at, from, height, state) => {
    bars.push(drawn('rect', { x: at + 0.08, y: from, width: 0.84, height, class: `bar ${state}` }))
  }
  for (const [at, count] of allowed.entries()) {
    const height = heightOf(count, most.allowed)
    if (height > 0) bar(at, laneHeight - height, height, 'allowed')
  }
  for (const [at, count] of blocked.entries()) {
    const height = heightOf(count, most.blocked)
    const secret = Math.min(height, heightOf(dlp[at] ?? 0, most.blocked))
    if (secret > 0) bar(at, laneHeight + 1, secret, 'secret')
    if (height > secret) bar(at, laneHeight + 1 + secret, height - secret, 'blocked')
  }
  const end = start + columns * widthMs
  const picture = drawn(
    'svg',
    {
      viewBox: `0 0 ${columns} ${laneHeight * 2 + 1}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': timelineInWords(timeline),
    },
    drawn('rect', { x: 0, y: laneHeight, width: columns, height: 1, class: 'axis' }),
    ...bars,
  )
  const span = widthMs === 1000 ? 'a second' : humanSpan(widthMs)
  byId('timeline').append(
    element(
      'div',
      { class: 'chart' },
      element(
        'p',
        { class: 'scale' },
        element('span', { class: 'key allowed' }),
        `Allowed, at most ${most.allowed} in ${span}`,
      ),
      picture,
      element(
        'p',
        { class: 'ticks', 'aria-hidden': 'true' },
        ...[start, (start + end) / 2, end].map(at => element('span', {}, clock(at))),
      ),
      element(
        'p',
        { class: 'scale' },
        element('span', { class: 'key blocked' }),
        `Blocked, at most ${most.blocked} in ${span}`,
        ...(Math.max(0, ...dlp) > 0 ? [element('span', { class: 'key secret' }), 'of them carrying a secret'] : []),
        element('span', { class: 'zone' }, 'times are UTC'),
      ),
    ),
    timelineTable(timeline),
  )
}

/**
 * Something is never drawn as nothing.
 * @param {number} count
 * @param {number} most
 */
function heightOf(count, most) {
  return count <= 0 ? 0 : Math.max(4, (count / most) * (laneHeight - 4))
}

/** @param {import('../page-data.ts').PageTimeline} timeline */
function timelineInWords({ start, widthMs, allowed, blocked }) {
  const sum = (/** @type {readonly number[]} */ column) => column.reduce((all, one) => all + one, 0)
  const busiest = blocked.indexOf(Math.max(0, ...blocked))
  const words = `From ${clock(start)} to ${clock(start + allowed.length * widthMs)} UTC: ${sum(allowed)} allowed, ${sum(blocked)} blocked.`
  return sum(blocked) === 0 ? words : `${words} Most were blocked at ${clock(start + busiest * widthMs)}.`
}

// Made when it is opened: most people never do.
/** @param {import('../page-data.ts').PageTimeline} timeline */
function timelineTable({ start, widthMs, allowed, blocked, dlp }) {
  const rows = allowed.flatMap((count, at) =>
    count > 0 || (blocked[at] ?? 0) > 0
      ? [[clock(start + at * widthMs), String(count), String(blocked[at] ?? 0), String(dlp[at] ?? 0)]]
      : [],
  )
  return lazyDetails('As a table', () =>
    plainTable(
      'Requests over time',
      [`From (UTC, ${humanSpan(widthMs)} each)`, 'Allowed', 'Blocked', 'Carrying a secret'],
      rows,
    ),
  )
}

/** @param {number} ms */
function humanSpan(ms) {
  if (ms < 60_000) return `${ms / 1000} s`
  return ms < 3_600_000 ? `${Math.round(ms / 6000) / 10} min` : `${Math.round(ms / 360_000) / 10} h`
}

/**
 * A disclosure whose content is made the first time it is opened.
 * @param {string} title
 * @param {() => Node} content
 */
function lazyDetails(title, content) {
  const details = element('details', {}, element('summary', {}, title))
  details.addEventListener('toggle', () => details.append(content()), { once: true })
  return details
}
