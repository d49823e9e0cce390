import { spanOf } from '../../evidence/frame.ts';
import type { Finding } from '../../judge/finding.ts';
import { drawFrames } from '../frames.ts';
import { createPaint } from '../paint.ts';
import { nameOf, wordsOf } from '../words.ts';
import type { Filter } from './filter.ts';
import { type Markup, markup, paintedLines } from './markup.ts';

/** Columns of the lines of text: as many as a text report uses at most. */
const WIDTH = 120;

/** A finding as the text report draws it: the same lines, marks and words. */
export function findingMarkup(finding: Finding, filter: Filter): Markup {
  const { severity, rule, host, fix } = finding;
  const words = (text: string) => wordsOf(finding, text);
  const frames = paintedLines(drawFrames(finding, createPaint(true), WIDTH));
  const option = fix?.safety === 'safe' ? '--fix' : '--fix --unsafe';
  return markup`<article class="${severity}" data-hosts="${filter.hostsOf(finding)}">
<h3 class="${severity}"><span class="word">${severity}</span> ${words(finding.message)}</h3>
<p class="faint">${host} · <code>${rule}</code></p>
<pre>${frames}</pre>
<dl>
<dt>why</dt><dd>${words(finding.why)}</dd>
<dt>fix</dt><dd>${words(finding.remedy)}</dd>
${fix && markup`<dt>auto</dt><dd>${words(fix.title)} (<code>${option}</code>)</dd>\n`}</dl>
${consequences(finding)}</article>
`;
}

function consequences({ also }: Finding): Markup | undefined {
  if (also.length === 0) return undefined;
  const items = also.map(
    (each) =>
      markup`<li>${each.host}: ${wordsOf(each, each.message)} <span class="faint">(${nameOf(
        each.at.source,
      )}:${spanOf(each.at).line}, <code>${each.rule}</code>)</span>${consequences(each)}</li>\n`,
  );
  return markup`<p class="faint">what follows from it</p>
<ul>
${items}</ul>
`;
}
