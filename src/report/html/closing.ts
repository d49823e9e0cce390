import { spanOf } from '../../evidence/frame.ts';
import type { Verdict } from '../../judge/finding.ts';
import { notesOf } from '../closing.ts';
import { maskSecrets } from '../mask.ts';
import { nameOf, plainWords, wordsOf } from '../words.ts';
import { type Markup, markup } from './markup.ts';

/** What a reader has to know besides the findings: what was not read, not judged, or failed, and what is answered for. */
export function closingMarkup(verdict: Verdict): Markup {
  const notes = notesOf(verdict).filter(([, of]) => of.length > 0);
  const sections = notes.map(
    ([label, of]) => markup`<section>
<h2>${label[0]?.toUpperCase() ?? ''}${label.slice(1)}</h2>
<ul>
${of.map((note) => markup`<li>${note}</li>\n`)}</ul>
</section>
`,
  );
  return markup`${sections}${answeredMarkup(verdict)}`;
}

function answeredMarkup({ ignored }: Verdict): Markup | undefined {
  if (ignored.length === 0) return undefined;
  const rows = ignored.map(
    ({
      finding,
      by,
      reason,
    }) => markup`<tr><td>${finding.severity}</td><td>${wordsOf(finding, finding.message)}<br>
<span class="faint">${nameOf(finding.at.source)}:${spanOf(finding.at).line} · <code>${finding.rule}</code></span></td>
<td>${by}</td><td>${plainWords(maskSecrets(reason))}</td></tr>
`,
  );
  return markup`<section>
<h2>Ignored</h2>
<table>
<thead><tr><th>severity</th><th>finding</th><th>by</th><th>reason</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</section>
`;
}
