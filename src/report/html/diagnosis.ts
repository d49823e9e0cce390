import type { Section } from '../../judge/diagnosis.ts';
import type { DiagnosisContext } from '../context.ts';
import { notesOfVips, titleOf } from '../diagnosis-text.ts';
import { shownOf } from '../text.ts';
import type { Walk, WalkedResult } from '../walk.ts';
import { plainWords, wordsOf } from '../words.ts';
import type { Filter } from './filter.ts';
import { findingMarkup } from './finding.ts';
import { type Markup, markup } from './markup.ts';

/** The findings that concern the same VIPs, by service. */
export function sectionMarkup({ vips, parts }: Section, filter: Filter, context: DiagnosisContext): Markup {
  const shown = parts
    .map(({ service, findings }) => ({ service, findings: shownOf(findings, context) }))
    .filter(({ findings }) => findings.length > 0);
  if (shown.length === 0) return markup``;
  const notes = notesOfVips(vips).map((note) => markup`<li>${note}</li>\n`);
  const content = shown.map(
    ({ service, findings }) =>
      markup`${service && markup`<h3>${plainWords(service.label)}</h3>\n`}${findings.map((finding) =>
        findingMarkup(finding, filter),
      )}`,
  );
  return markup`<section class="findings">
<h2>${titleOf(vips)}</h2>
<ul class="faint">
${notes}</ul>
${content}</section>
`;
}

/** A symptom's page, walked: each question with what the look answers, and the commands for what it does not. */
export function walkMarkup({ symptom, title, steps }: Walk): Markup {
  const items = steps.map(({ question, where, commands, results }) => {
    const open = results.some(({ state }) => state === 'not judged' || state === 'by eye');
    const asked = commands.map((command) => markup`${plainWords(command)}\n`);
    return markup`<li>${plainWords(question)}
<table>
<tbody>
${results.map(resultMarkup)}</tbody>
</table>
${open && asked.length > 0 ? markup`<p class="faint">${plainWords(where)}:</p>\n<pre>${asked}</pre>\n` : undefined}</li>
`;
  });
  return markup`<section>
<h2>${plainWords(symptom)}: ${plainWords(title)}</h2>
<ol>
${items}</ol>
</section>
`;
}

function resultMarkup({ seen, means, state, findings, why }: WalkedResult): Markup {
  const evidence = findings.map(
    (finding) =>
      markup`<br>\n<span class="faint">${finding.severity} ${finding.host}: ${wordsOf(
        finding,
        finding.message,
      )} (${finding.rule})</span>`,
  );
  const reasons = [...new Set(why)].map(
    (reason) => markup`<br>\n<span class="faint">because ${plainWords(reason)}</span>`,
  );
  return markup`<tr><th scope="row">${state}</th><td>${plainWords(seen)} → ${plainWords(means)}${evidence}${reasons}</td></tr>
`;
}
