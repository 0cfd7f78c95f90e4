import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { encode } from 'html-entities'

// Read where they are, which is beside the bundle in dist/: ncc copies what it sees named like this.
const style = readFileSync(new URL('./page/page.css', import.meta.url), 'utf8')
const scripts = [
  readFileSync(new URL('./page/elements.js', import.meta.url), 'utf8'),
  readFileSync(new URL('./page/timeline.js', import.meta.url), 'utf8'),
  readFileSync(new URL('./page/hosts.js', import.meta.url), 'utf8'),
  readFileSync(new URL('./page/sections.js', import.meta.url), 'utf8'),
  readFileSync(new URL('./page/main.js', import.meta.url), 'utf8'),
]

/**
 * The page around its data: only our own style and scripts may do anything in it, each named by its hash; nothing may
 * be loaded from anywhere, and no script may make markup of a string (trusted types). `json` is escaped here.
 */
export function skeleton(title: string, json: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashed).join(' ')}`,
    `style-src ${hashed(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${encode(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#hosts">Skip to the hosts</a>
<header>
<p class="name">${encode(title)}</p>
<span id="mark"></span>
<h1 id="verdict"></h1>
<noscript><p>This page is filled by its own script, which loads nothing. Without it, read summary.json and blocked.jsonl.</p></noscript>
<dl id="figures"></dl>
<nav aria-label="Sections"><ul>
<li><a href="#timeline">Timeline</a></li>
<li><a href="#hosts">Hosts</a></li>
<li><a href="#suggested">Suggested change</a></li>
<li><a href="#policy">Policy</a></li>
<li><a href="#containment">Containment check</a></li>
<li><a href="#direct">Direct attempts</a></li>
<li><a href="#planted">Workspace</a></li>
<li hidden><a href="#steps">Steps</a></li>
<li><a href="#run">Run</a></li>
</ul></nav>
</header>
<main>
<section id="timeline" aria-labelledby="timeline-head"><h2 id="timeline-head">Timeline</h2></section>
<section id="hosts" aria-labelledby="hosts-head"><h2 id="hosts-head">Hosts</h2>
<div class="tools" role="search" aria-label="Hosts">
<label>Filter<input type="search" id="filter" autocomplete="off" spellcheck="false" aria-controls="hosts-table"></label>
<label>Show<select id="show" aria-controls="hosts-table"><option value="">everything</option><option value="refused">all but allowed</option></select></label>
<p id="hosts-status" role="status" aria-live="polite"></p>
</div>
<div class="scroll" tabindex="0" role="region" aria-label="Table of hosts"><table id="hosts-table">
<caption class="unseen">Hosts the agent asked for, and what became of it. Each row opens to the lines of the log.</caption>
<thead><tr>
<th scope="col" data-by="host"><button type="button">Host</button></th>
<th scope="col" data-by="what"><button type="button">What</button></th>
<th scope="col" data-by="method"><button type="button">Method</button></th>
<th scope="col" data-by="count" class="number"><button type="button">Requests</button></th>
<th scope="col" data-by="first" class="number"><button type="button">First, UTC</button></th>
<th scope="col" data-by="last" class="number"><button type="button">Last, UTC</button></th>
</tr></thead>
<tbody id="hosts-body"></tbody>
</table></div>
<p id="hosts-empty" hidden></p>
<p id="hosts-rest" class="muted"></p>
<div id="pager" role="group" aria-label="Pages of rows" hidden><button type="button" id="previous">Previous</button><button type="button" id="next">Next</button></div>
</section>
<section id="suggested" aria-labelledby="suggested-head"><h2 id="suggested-head">Suggested change</h2></section>
<section id="policy" aria-labelledby="policy-head"><h2 id="policy-head">Policy</h2></section>
<section id="containment" aria-labelledby="containment-head"><h2 id="containment-head">Containment check</h2></section>
<div class="pair">
<section id="direct" aria-labelledby="direct-head"><h2 id="direct-head">Direct attempts</h2></section>
<section id="planted" aria-labelledby="planted-head"><h2 id="planted-head">Workspace</h2></section>
</div>
<section id="steps" aria-labelledby="steps-head" hidden><h2 id="steps-head">Steps of the job</h2></section>
<section id="run" aria-labelledby="run-head"><h2 id="run-head">Run</h2></section>
</main>
<footer>Made by Bottle. This file is whole: it loads nothing and sends nothing.</footer>
<script type="application/json" id="data">${json.replace(/</g, '\\u003c')}</script>
${scripts.map(script => `<script>${script}</script>`).join('\n')}
</body>
</html>
`
}

function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
